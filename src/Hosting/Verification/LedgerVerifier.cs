using Npgsql;

namespace Supervision.Hosting.Verification;

/// <summary>
/// Recomputes from the events alone everything that is stored: leaves and roots, states, columns, titles, open work,
/// wake-ups, what searches look in, and outcomes, and names the first thing that is not what it has to be. Reads one snapshot, so silos may go on writing,
/// and holds one grain at a time in memory.
/// </summary>
public sealed class LedgerVerifier(NpgsqlDataSource dataSource)
{
    /// <summary>Verifies everything, or up to the first difference.</summary>
    /// <param name="progress">Told every few thousand rows how far it is.</param>
    /// <param name="cancellationToken">Ends the verification.</param>
    public async Task<VerificationResult> VerifyAsync(IProgress<VerificationProgress>? progress, CancellationToken cancellationToken)
    {
        await using var snapshot = await VerificationSnapshot.TakeAsync(dataSource, cancellationToken);
        var (tree, seq, first) = await TreeVerification.RunAsync(snapshot, progress, cancellationToken);
        first ??= await StateVerification.RunAsync(snapshot, seq, progress, cancellationToken);
        first ??= await OutcomeVerification.RunAsync(snapshot, progress, cancellationToken);
        return new VerificationResult(seq, tree.Root(), first);
    }
}

/// <summary>Counts rows and tells now and then.</summary>
internal sealed class VerificationCounter(IProgress<VerificationProgress>? progress, long total, VerificationPhase phase)
{
    private const long Interval = 10_000;

    private long _done;

    public void Count()
    {
        if (++_done % Interval == 0)
            Tell();
    }

    public void Tell() => progress?.Report(new VerificationProgress(_done, total, phase));
}
