using System.CommandLine;
using System.IO.Compression;
using System.Text.Json;
using Supervision.Grains.Draws;

namespace Supervision.Silo.Commands;

/// <summary>Makes a draw again from its record.</summary>
internal static class VerifyDrawCommand
{
    private const int NoRecord = 2;

    private const int Differs = 3;

    public static Command Create()
    {
        var record = new Argument<FileInfo>("RECORD") { Description = "The record, as GET /api/draws/{id}/record answers; also compressed (gzip)." };
        var command = new Command("verify-draw", """
            Make a draw again from its record alone: roster, seed, tickets, who was left out, winners and inspectors, and name the first
            difference. Needs no database. Exit code 0: everything is as it must be; 3: something differs; 2: not a record.
            """) { record };
        command.SetAction(parsed => Verify(parsed.GetRequiredValue(record)));
        return command;
    }

    private static int Verify(FileInfo file)
    {
        DrawRecord record;
        try
        {
            using var content = Open(file);
            record = DrawJson.Read(content);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidDataException)
        {
            Console.Error.WriteLine($"Not a record of a draw: {exception.Message}");
            return NoRecord;
        }

        var result = DrawVerifier.Verify(record);
        if (result.First is { } difference)
        {
            Console.Error.WriteLine($"The record differs: {difference.Part}: expected {difference.Expected}, found {difference.Found}");
            return Differs;
        }

        Console.WriteLine(
            $"Verified {record.Draw}: {result.Winners} winners, {result.Skipped} skipped, {result.Visits} visits, {result.Unassigned} of them without inspectors"
            + (result.Withheld > 0 ? $"; {result.Withheld} rows are withheld, whose tickets are told and not recomputed" : ""));
        return 0;
    }

    private static Stream Open(FileInfo file)
    {
        var content = file.OpenRead();
        Span<byte> magic = stackalloc byte[2];
        var isCompressed = content.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic.SequenceEqual((ReadOnlySpan<byte>)[0x1f, 0x8b]);
        content.Position = 0;
        return isCompressed ? new GZipStream(content, CompressionMode.Decompress) : content;
    }
}
