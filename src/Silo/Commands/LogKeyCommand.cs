using System.CommandLine;
using System.Globalization;
using Supervision.Hosting.Log;
using Supervision.Ledger.Log;
using Supervision.Ledger.Merkle;

namespace Supervision.Silo.Commands;

/// <summary>The keys of the log: shown, changed, and taken up again after a loss.</summary>
internal static class LogKeyCommand
{
    private static readonly TimeSpan HoldWait = TimeSpan.FromMilliseconds(50);

    // A silo holds the files for as long as a signature takes.
    private const int HoldAttemptsMax = 200;

    public static Command Create(string[] settings)
    {
        var show = new Command("show", "Print the keys by which the log is verified, and up to where it is signed.");
        show.SetAction((_, _) => Failing.ReportAsync(() => Task.FromResult(Show(CommandDatabase.SettingsOf(settings).LogFiles()))));

        var rotate = new Command("rotate", """
            Add a key. From its next checkpoint on the log signs with all of its keys, so that who knows only the old one verifies it as before. Make the new key
            known, and retire the old one when everybody has it.
            """);
        rotate.SetAction((_, cancellationToken) => Failing.ReportAsync(() => RotateAsync(CommandDatabase.SettingsOf(settings).LogFiles(), cancellationToken)));

        var id = new Argument<string>("ID") { Description = "The eight digits between name and key." };
        var retire = new Command("retire", "Remove a key: the log does not sign with it any more.") { id };
        retire.SetAction((parsed, cancellationToken) => Failing.ReportAsync(
            () => RetireAsync(CommandDatabase.SettingsOf(settings).LogFiles(), parsed.GetRequiredValue(id), cancellationToken)));

        var checkpoint = new Option<FileInfo?>("--checkpoint") { Description = "The newest checkpoint that anybody still has, as /log/checkpoint answered it." };
        var none = new Option<bool>("--no-checkpoint") { Description = "Nobody has one any more: begin with the ledger as it is, which nothing then compares with." };
        var takeUp = new Command("take-up", """
            Sign again after the key or the last checkpoint was lost. The checkpoint given has to be signed with a key that this ledger knows, and the ledger
            has to be the same tree, grown: otherwise nothing is signed. A lost key is replaced by a new one, which has to be made known.
            Verify the ledger first (silo verify-ledger).
            """) { checkpoint, none };
        takeUp.SetAction((parsed, cancellationToken) => Failing.ReportAsync(
            () => TakeUpAsync(settings, parsed.GetValue(checkpoint), parsed.GetValue(none), cancellationToken)));
        return new Command("log-key", "Keys of the public log.") { show, rotate, retire, takeUp };
    }

    private static int Show(LogFiles files)
    {
        foreach (var signer in SignersOf(files))
            Console.WriteLine(signer.Verifier);
        Console.WriteLine(files.ReadLast() is { } note
            ? string.Create(CultureInfo.InvariantCulture, $"Signed up to event {Checkpoint.Parse(note.Text).Size}")
            : "The last signed checkpoint is lost.");
        return 0;
    }

    private static async Task<int> RotateAsync(LogFiles files, CancellationToken cancellationToken)
    {
        using var held = await HoldAsync(files, cancellationToken);
        var signers = SignersOf(files);
        var added = NoteSigner.Create(signers[0].Verifier.Name);
        files.WriteKeys([.. signers, added]);
        Console.WriteLine(added.Verifier);
        return 0;
    }

    private static async Task<int> RetireAsync(LogFiles files, string id, CancellationToken cancellationToken)
    {
        using var held = await HoldAsync(files, cancellationToken);
        var signers = SignersOf(files);
        var kept = signers.Where(signer => signer.Verifier.IdText != id).ToList();
        if (kept.Count == signers.Count)
            throw new CommandFailedException($"There is no key {id}; there are {string.Join(", ", signers.Select(signer => signer.Verifier))}.");
        if (kept.Count == 0)
            throw new CommandFailedException("It is the only key; add another one first (silo log-key rotate).");
        files.WriteKeys(kept);
        Console.WriteLine($"Retired {id}; the log signs with {string.Join(", ", kept.Select(signer => signer.Verifier))}");
        return 0;
    }

    private static Task<int> TakeUpAsync(string[] settings, FileInfo? given, bool none, CancellationToken cancellationToken) =>
        CommandDatabase.UseExistingAsync(settings, async (known, database, _) =>
        {
            var (files, store) = (known.LogFiles(), new LogStore(database.Serving));
            var keys = await store.KeysAsync(cancellationToken);
            if (!files.Exist && keys.Count == 0)
                throw new CommandFailedException("This ledger never was signed; start the silo, which begins a log by itself.");
            files.Prepare();
            using var held = await HoldAsync(files, cancellationToken);
            var (signers, last) = files.Read();
            if (signers is not null && last is not null)
                throw new CommandFailedException("Neither the key nor the last checkpoint is lost; /health/ready says why the log is not signed.");
            var verifiers = (signers ?? []).Select(signer => signer.Verifier).Concat(keys).ToList();
            var note = last ?? (given is null ? null : SignedNote.Parse(await File.ReadAllTextAsync(given.FullName, cancellationToken)));
            if (note is null && !none)
                throw new CommandFailedException("The last checkpoint is lost: give the newest one that anybody still has (--checkpoint FILE), or say that there is none (--no-checkpoint).");
            if (note is not null && !verifiers.Any(note.IsSignedBy))
                throw new CommandFailedException("The checkpoint is not signed with a key of this ledger.");
            if (verifiers.Count == 0)
                throw new CommandFailedException($"Neither {files.Directory} nor the ledger has a key; remove the directory and start the silo, which begins a log by itself.");
            var before = note is null ? new Checkpoint(verifiers[^1].Name, 0, MerkleFrontier.Empty().Root()) : Checkpoint.Parse(note.Text);

            var (tree, end) = (new LogTree(store), await store.EndAsync(cancellationToken));
            await tree.CompleteAsync(end.Size, cancellationToken);
            if (await CheckpointSigner.ContradictionAsync(tree, before, end, cancellationToken) is { } contradiction)
                throw new CommandFailedException($"Nothing was signed: {contradiction}.");
            signers ??= [NoteSigner.Create(before.Origin)];
            await store.RememberAsync(signers.Select(signer => signer.Verifier), TimeProvider.System.GetUtcNow(), cancellationToken);
            files.WriteKeys(signers);
            files.WriteLast(SignedNote.Sign(new Checkpoint(before.Origin, end.Size, end.Root).ToText(), signers));
            Console.WriteLine($"Signed up to event {end.Size}, which goes on from {before.Size}; the keys are {string.Join(", ", signers.Select(signer => signer.Verifier))}");
            return 0;
        }, cancellationToken);

    private static IReadOnlyList<NoteSigner> SignersOf(LogFiles files) => files.Read().Signers is [_, ..] signers
        ? signers
        : throw new CommandFailedException($"There is no key in {files.Directory}.");

    private static async Task<IDisposable> HoldAsync(LogFiles files, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < HoldAttemptsMax; attempt++)
        {
            if (files.TryHold() is { } held)
                return held;
            await Task.Delay(HoldWait, cancellationToken);
        }

        throw new CommandFailedException($"Somebody else holds {files.Directory}.");
    }
}
