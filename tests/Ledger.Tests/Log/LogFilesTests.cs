using Supervision.Ledger.Log;
using Supervision.Ledger.Merkle;

namespace Supervision.Ledger.Tests.Log;

public sealed class LogFilesTests : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"supervision-log-{Guid.NewGuid():N}");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_log_begins_once_however_many_begin_it_and_only_its_owner_reads_its_key()
    {
        var begun = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8).Select(i => Files().TryBegin([NoteSigner.Create($"log-{i}")], First($"log-{i}"))).ToList();

        Assert.Single(begun, won => won);
        var (signers, last) = Files().Read();
        Assert.Equal(Assert.Single(signers!).Verifier.Name, Checkpoint.Parse(last!.Text).Origin);
        Assert.Equal(["log"], Directory.EnumerateFileSystemEntries(_directory).Select(Path.GetFileName));
        Assert.Equal((UnixFileMode)0x180, ModeOf("keys"));
        Assert.Equal((UnixFileMode)0x1C0, ModeOf(""));
    }

    [Fact]
    public void One_at_a_time_holds_them_and_what_is_written_is_read_by_all()
    {
        Assert.False(Files().Exist);
        Assert.True(Files().TryBegin([NoteSigner.Create("log")], First("log")));
        using (Files().TryHold())
            Assert.Null(Files().TryHold());
        using var held = Files().TryHold();
        Assert.NotNull(held);

        var note = SignedNote.Sign("log\n7\n", Files().Read().Signers!);
        Files().WriteLast(note);
        Files().WriteKeys([.. Files().Read().Signers!, NoteSigner.Create("log")]);

        Assert.Equal(note.ToString(), Files().ReadLast()!.ToString());
        Assert.Equal(2, Files().Read().Signers!.Count);
    }

    [Fact]
    public void What_is_lost_is_told_apart_from_what_never_was()
    {
        Files().TryBegin([NoteSigner.Create("log")], First("log"));
        File.Delete(Path.Combine(_directory, "log", "checkpoint"));

        Assert.True(Files().Exist);
        Assert.Null(Files().Read().Last);
        Assert.NotNull(Files().Read().Signers);
        File.Delete(Path.Combine(_directory, "log", "keys"));
        Assert.Null(Files().Read().Signers);
    }

    private static SignedNote First(string origin) => SignedNote.Sign(new Checkpoint(origin, 0, MerkleFrontier.Empty().Root()).ToText(), [NoteSigner.Create(origin)]);

    private UnixFileMode ModeOf(string name) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(Path.Combine(_directory, "log", name));

    private LogFiles Files() => new(Path.Combine(_directory, "log"));
}
