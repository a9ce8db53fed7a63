using Microsoft.Extensions.Logging;
using Supervision.Ledger.Log;
using Supervision.Ledger.Merkle;

namespace Supervision.Hosting.Log;

/// <summary>
/// Signs the end of the ledger, and nothing that contradicts what was signed before: the new tree has to be the last signed one, grown,
/// as a proof from the hashes in the database shows. Otherwise nothing is signed until somebody has looked.
/// </summary>
public sealed partial class CheckpointSigner(LogFiles files, LogStore store, LogTree tree, TimeProvider clock, ILogger<CheckpointSigner> logger)
{
    private const string OriginPrefix = "supervision.local/log-";

    private string? _trouble;

    /// <summary>Why nothing is signed at the moment; null: checkpoints are signed as events come.</summary>
    public string? Trouble => Volatile.Read(ref _trouble);

    /// <summary>Signs the end of the ledger if there is something new; whoever else is at it does it in our place.</summary>
    /// <param name="origin">The name of the log as it is configured; null: whatever its key says.</param>
    /// <param name="cancellationToken">Ends the work before something is signed.</param>
    public async Task RunAsync(string? origin, CancellationToken cancellationToken)
    {
        try
        {
            // Silos that cannot sign serve tiles and proofs all the same.
            await EndAsync(cancellationToken);
            Tell(await SignAsync(origin, cancellationToken));
        }
        catch (Exception exception) when (exception is LogDamagedException or IOException or UnauthorizedAccessException or FormatException or PlatformNotSupportedException)
        {
            Tell(exception.Message);
        }
    }

    /// <summary>Why a tree may not be signed after a checkpoint; null: it is the same tree, grown.</summary>
    public static async Task<string?> ContradictionAsync(LogTree tree, Checkpoint last, TreeEnd end, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(last);
        ArgumentNullException.ThrowIfNull(end);
        if (end.Size < last.Size)
            return $"the ledger has {end.Size} events, but {last.Size} were signed: it was set back";
        if (!(await tree.RootAsync(end.Size, cancellationToken)).AsSpan().SequenceEqual(end.Root))
            return $"the events do not have the root that the ledger claims for {end.Size} events";
        var path = await tree.HashesAsync(MerkleProof.Consistency(last.Size, end.Size), cancellationToken);
        return MerkleProof.IsConsistent(last.Size, last.Root, end.Size, end.Root, path)
            ? null
            : $"the first {last.Size} events are not those that were signed";
    }

    /// <summary>Signs if it may; the answer is why it may not.</summary>
    private async Task<string?> SignAsync(string? origin, CancellationToken cancellationToken)
    {
        // Another silo that shares the files may begin it at the same moment.
        if (!files.Exist && !await BeginAsync(origin, cancellationToken) && !files.Exist)
            return "this ledger's log was signed with keys that are not here: share the directory log of the other silos, or see silo log-key take-up --help";
        using var held = files.TryHold();
        if (held is null)
            return Trouble;
        var (signers, note) = files.Read();
        if (signers is not [_, ..])
            return "the key of the log is lost; see silo log-key take-up --help";
        if (note is null)
            return "the last signed checkpoint is lost; see silo log-key take-up --help";
        var last = Checkpoint.Parse(note.Text);
        if (origin is not null && last.Origin != origin || signers.Any(signer => signer.Verifier.Name != last.Origin))
            return $"the log is {last.Origin}, and not what Log:Origin or its key says; another log needs a directory of its own";
        if (!signers.Any(signer => note.IsSignedBy(signer.Verifier)))
            return "the last checkpoint is not signed with the key of the log";
        // Looked at now, so that nobody can have signed more of it meanwhile.
        var end = await EndAsync(cancellationToken);
        if (last.IsOf(end) && signers.All(signer => note.IsSignedBy(signer.Verifier)) && note.Signatures.Count == signers.Count)
            return null;
        if (await ContradictionAsync(tree, last, end, cancellationToken) is { } contradiction)
            return contradiction;
        // A key is known before anybody sees a signature of it.
        await store.RememberAsync(signers.Select(signer => signer.Verifier), clock.GetUtcNow(), cancellationToken);
        files.WriteLast(SignedNote.Sign(new Checkpoint(last.Origin, end.Size, end.Root).ToText(), signers));
        return null;
    }

    /// <summary>The end of the ledger, with every hash kept that proofs up to it are made of.</summary>
    private async Task<TreeEnd> EndAsync(CancellationToken cancellationToken)
    {
        var end = await store.EndAsync(cancellationToken);
        await tree.CompleteAsync(end.Size, cancellationToken);
        return end;
    }

    /// <summary>Begins the log with a key and the checkpoint of an empty tree, with which every tree is consistent.</summary>
    private Task<bool> BeginAsync(string? origin, CancellationToken cancellationToken) => store.BeginAsync(
        () =>
        {
            var name = origin ?? OriginPrefix + Guid.NewGuid().ToString("N")[..8];
            var signer = NoteSigner.Create(name);
            var first = new Checkpoint(name, 0, MerkleFrontier.Empty().Root());
            if (!files.TryBegin([signer], SignedNote.Sign(first.ToText(), [signer])))
                return [];
            LogBegun(logger, signer.Verifier);
            return [signer.Verifier];
        },
        known => origin is null || known.Name == origin,
        clock.GetUtcNow(),
        cancellationToken);

    private void Tell(string? trouble)
    {
        if (trouble == Interlocked.Exchange(ref _trouble, trouble))
            return;
        if (trouble is null)
            LogSignsAgain(logger);
        else
            LogRefused(logger, trouble);
    }

    [LoggerMessage(EventId = 3501, Level = LogLevel.Information, Message = "A log begins; its key is {VerifierKey}")]
    private static partial void LogBegun(ILogger logger, NoteVerifier verifierKey);

    [LoggerMessage(EventId = 3502, Level = LogLevel.Error, Message = "The log is not signed: {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);

    [LoggerMessage(EventId = 3503, Level = LogLevel.Information, Message = "The log is signed again")]
    private static partial void LogSignsAgain(ILogger logger);
}
