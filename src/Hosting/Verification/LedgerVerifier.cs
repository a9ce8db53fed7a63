using Npgsql;
using Supervision.Ledger.Documents;
using Supervision.Ledger.Draws;
using Supervision.Ledger.Log;

namespace Supervision.Hosting.Verification;

/// <summary>
/// Recomputes from the events alone everything that is stored: leaves and roots, states, columns, titles, open work,
/// wake-ups, what searches look in, outcomes, records of draws, and documents, and names the first thing that is not what it has to be. Reads one snapshot, so silos may go on writing,
/// and holds one grain at a time in memory.
/// </summary>
public sealed class LedgerVerifier(NpgsqlDataSource dataSource, DocumentFiles documents)
{
    /// <summary>What the events have to contain because it was signed; null: nothing was. Read before the verification begins.</summary>
    public Checkpoint? LastSigned { get; init; }

    /// <summary>Verifies everything, or up to the first difference.</summary>
    /// <param name="progress">Told every few thousand rows how far it is.</param>
    /// <param name="cancellationToken">Ends the verification.</param>
    public async Task<VerificationResult> VerifyAsync(IProgress<VerificationProgress>? progress, CancellationToken cancellationToken)
    {
        await using var snapshot = await VerificationSnapshot.TakeAsync(dataSource, cancellationToken);
        var (tree, seq, first) = await TreeVerification.RunAsync(snapshot, LastSigned, progress, cancellationToken);
        first ??= await StateVerification.RunAsync(snapshot, seq, progress, cancellationToken);
        first ??= await OutcomeVerification.RunAsync(snapshot, progress, cancellationToken);
        first ??= await DrawVerification.RunAsync(snapshot, new DrawStore(dataSource), progress, cancellationToken);
        return first is null
            ? await DocumentVerification.RunAsync(snapshot, new DocumentStore(dataSource), documents, new VerificationResult(seq, tree.Root(), null, [], 0), progress, cancellationToken)
            : new VerificationResult(seq, tree.Root(), first, [], 0);
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
