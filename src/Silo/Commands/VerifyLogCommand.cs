using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Spectre.Console;
using Supervision.Hosting.Log;
using Supervision.Ledger.Log;

namespace Supervision.Silo.Commands;

/// <summary>Verifies a log over HTTP.</summary>
internal static class VerifyLogCommand
{
    private const int NoLog = 2;

    private const int Differs = 3;

    public static Command Create()
    {
        var url = new Argument<Uri>("URL") { Description = "Where the log is, for example https://supervision.example/log.", CustomParser = ReadUrl };
        var keys = new Option<string[]>("--key") { Description = "The key that has to have signed, name+id+base64; may be given several times. Without one the log is asked, which proves less.", AllowMultipleArgumentsPerToken = true };
        var state = new Option<FileInfo?>("--state") { Description = "Where the last verified checkpoint is kept: what was seen once has to be there for ever." };
        var seq = new Option<long?>("--event") { Description = "An event of which inclusion is verified, too." };
        var command = new Command("verify-log", """
            Verify a log by what it tells everyone: the signature of its newest checkpoint, the root recomputed from the hashes of all events,
            and that what was seen before is still there. Needs no database. Exit code 0: everything is as it must be; 3: something differs; 2: no log.

            Example: silo verify-log http://127.0.0.1:5080/log --state seen.checkpoint
            """) { url, keys, state, seq };
        command.SetAction((parsed, cancellationToken) => VerifyAsync(
            parsed.GetRequiredValue(url), parsed.GetValue(keys) ?? [], parsed.GetValue(state), parsed.GetValue(seq), cancellationToken));
        return command;
    }

    private static Uri? ReadUrl(ArgumentResult argument)
    {
        if (Uri.TryCreate(argument.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            return url;
        argument.AddError($"'{argument.Tokens[0].Value}' is not where a log can be; an address with http or https is needed.");
        return null;
    }

    private static async Task<int> VerifyAsync(Uri url, string[] keys, FileInfo? state, long? seq, CancellationToken cancellationToken)
    {
        try
        {
            using var http = new HttpClient();
            var client = new LogClient(http, url);
            if (keys.Length == 0)
            {
                keys = [.. await client.KeysAsync(cancellationToken)];
                Console.WriteLine($"The key was told by the log itself: {string.Join(", ", keys)}");
            }

            var seen = state is { Exists: true } ? Checkpoint.Parse(SignedNote.Parse(await File.ReadAllTextAsync(state.FullName, cancellationToken)).Text) : null;
            var result = await Failing.Bars().StartAsync(bars => new LogVerifier(client).VerifyAsync(
                [.. keys.Select(NoteVerifier.Parse)], seen, seq, new Bar(bars.AddTask("Verifying the log")), cancellationToken));
            if (result.Fault is { } fault)
            {
                Console.Error.WriteLine($"The log differs{At(fault)}: {fault.What}");
                return Differs;
            }

            if (state is not null)
                Keep(state.FullName, result.Note);
            Console.WriteLine(
                $"Verified {result.Checkpoint.Origin}: {result.Checkpoint.Size} events, root {Convert.ToHexStringLower(result.Checkpoint.Root)}"
                + (seen is null ? "" : $"; the {seen.Size} seen before are there") + (seq is null ? "" : $"; event {seq} is among them"));
            return 0;
        }
        catch (Exception exception) when (exception is FormatException or HttpRequestException or IOException or System.Text.Json.JsonException)
        {
            await Console.Error.WriteLineAsync($"Not a log that can be verified: {exception.Message}");
            return NoLog;
        }
    }

    private static string At(LogFault fault) =>
        fault.From == 0 ? ""
        : fault.From == fault.To ? string.Create(CultureInfo.InvariantCulture, $" at event {fault.From}")
        : string.Create(CultureInfo.InvariantCulture, $" within events {fault.From} to {fault.To}");

    /// <summary>Replaces the file as a whole, so that a kill in the middle loses nothing that was seen.</summary>
    private static void Keep(string path, SignedNote note)
    {
        File.WriteAllText(path + ".new", note.ToString());
        File.Move(path + ".new", path, overwrite: true);
    }

    private sealed class Bar(ProgressTask task) : IProgress<(long Done, long Total)>
    {
        public void Report((long Done, long Total) value) => (task.MaxValue, task.Value) = (value.Total, value.Done);
    }
}
