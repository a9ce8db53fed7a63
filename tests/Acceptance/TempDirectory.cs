namespace Supervision.Acceptance;

/// <summary>A directory that user postgres can enter, deleted at the end.</summary>
internal sealed class TempDirectory : IDisposable
{
    public string Path { get; } = $"/tmp/supervision-acceptance-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}";

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public TempDirectory() => Directory.CreateDirectory(Path);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
