using System.Diagnostics;
using Supervision.Grains.Draws;

namespace Supervision.Grains.Tests.Draws;

/// <summary>The verifier in Python that the docs hand to strangers.</summary>
internal static class VerifierScript
{
    public static async Task<(int Code, string Output)> RunAsync(string record)
    {
        using var process = Process.Start(new ProcessStartInfo("python3", [RepositoryFile.PathOf("docs", "verify_draw.py"), record])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }

    public static async Task<(int Code, string Output)> RunAsync(DrawRecord record)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        await using (var file = File.Create(path))
            DrawJson.Write(file, record);
        try
        {
            return await RunAsync(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
