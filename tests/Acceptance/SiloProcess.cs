using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Supervision.Ledger.Embedded;

namespace Supervision.Acceptance;

/// <summary>
/// A silo as its users run it: a process of its own that answers over HTTP. The suite runs against any build of it (<c>SUPERVISION_SILO</c> names the
/// program, settings come in through the environment), and with <c>SUPERVISION_SILOS=2</c> each silo has a second one on the same database beside it.
/// </summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    /// <summary>Secret of the first admin key of every silo here.</summary>
    public const string AdminKey = "acceptance-admin-key";

    /// <summary>Recovery of a database after a kill is part of a start, and the machine may be busy.</summary>
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output;
    private SiloProcess? _beside;

    private SiloProcess(Process process, StringBuilder output, Uri address) => (_process, _output, Address) = (process, output, address);

    /// <summary>Where it answers.</summary>
    public Uri Address { get; }

    /// <summary>What it has written so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>The program that is run.</summary>
    public static string Program { get; } = Environment.GetEnvironmentVariable("SUPERVISION_SILO") ?? Path.Combine(AppContext.BaseDirectory, "Supervision.Silo.dll");

    /// <summary>Whether the silos run on Orleans.</summary>
    public static bool IsOnOrleans { get; } = string.Equals(Environment.GetEnvironmentVariable("Host__Kind"), "orleans", StringComparison.OrdinalIgnoreCase);

    private static bool IsInPairs { get; } = string.Equals(Environment.GetEnvironmentVariable("SUPERVISION_SILOS"), "2", StringComparison.Ordinal);

    /// <summary>Starts a silo on a free port and waits until it is ready.</summary>
    public static async Task<SiloProcess> StartAsync(params string[] settings)
    {
        var silo = await StartOneAsync(settings);
        if (!IsInPairs)
            return silo;
        try
        {
            silo._beside = await StartOneAsync(await BesideAsync(settings));
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }

        return silo;
    }

    /// <summary>The settings of a second silo on the database of the first.</summary>
    private static async Task<string[]> BesideAsync(string[] settings)
    {
        if (settings.Any(setting => setting.StartsWith("--ConnectionStrings:Supervision=", StringComparison.Ordinal)))
            return settings;
        const string directory = "--Data:Directory=";
        var own = settings.Single(setting => setting.StartsWith(directory, StringComparison.Ordinal))[directory.Length..];
        var options = new EmbeddedPostgresOptions { Directory = Path.Combine(own, "pg"), Role = EmbeddedPostgresRole.Guest };
        await using var guest = await EmbeddedPostgres.StartAsync(options, NullLogger.Instance, TestContext.Current.CancellationToken);
        return [.. settings, $"--ConnectionStrings:Supervision={guest.ConnectionString}", "--Clock:AllowManual=true"];
    }

    private static async Task<SiloProcess> StartOneAsync(string[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var (process, output) = Launch(Program, [$"--urls={address}", $"--Auth:BootstrapAdminKey={AdminKey}", .. settings]);
        var silo = new SiloProcess(process, output, address);
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            await Eventually.TrueAsync(
                async () =>
                {
                    Assert.False(process.HasExited, $"The silo ended instead of being ready:\n{silo.Output}");
                    return await IsReadyAsync(http);
                },
                StartMax,
                () => $"the silo is ready:\n{silo.Output}");
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }

        return silo;
    }

    /// <summary>Runs a command to its end.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) => RunProgramAsync(Program, arguments);

    /// <summary>Runs the program of another directory to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunProgramAsync(string program, params string[] arguments)
    {
        var (process, output) = Launch(program, arguments);
        using (process)
        {
            await WaitAsync(process, StartMax, output);
            lock (output)
                return (process.ExitCode, output.ToString());
        }
    }

    /// <summary>A client with the first admin key.</summary>
    public Client Admin() => new(Address, AdminKey);

    /// <summary>A client without a key.</summary>
    public Client Anyone() => new(Address, key: null);

    /// <summary>A client of a new officer of the ministry.</summary>
    public async Task<Client> OfficerAsync(string person)
    {
        using var admin = Admin();
        var made = await admin.PostAsync("/api/keys", $$"""{"name":"{{person}} at the ministry","person":"{{person}}","role":"officer"}""", 201);
        return new Client(Address, made.Text("key"));
    }

    /// <summary>Registers the inspectors whom the tests name, I-1 and I-2, for everything.</summary>
    public async Task RegisterInspectorsAsync()
    {
        using var admin = Admin();
        foreach (var id in (string[])["I-1", "I-2"])
            await admin.PostAsync("/api/inspectors", $$"""{"id":"{{id}}","name":"执法人员 {{id}}","certificateValidUntil":"2099-12-31"}""", 201);
    }

    /// <summary>Ends it without warning (SIGKILL), whatever it was about to do.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await WaitAsync(_process, StopMax, _output);
    }

    /// <summary>Asks it to stop (SIGTERM), as a service manager does, and expects a clean end.</summary>
    public async Task StopAsync()
    {
        if (_beside is not null)
            await _beside.StopAsync();
        Signal(_process.Id, Terminate);
        await WaitAsync(_process, StopMax, _output);
        Assert.True(_process.ExitCode == 0, $"The silo stopped with exit code {_process.ExitCode}:\n{Output}");
    }

    /// <summary>Ends another process without warning.</summary>
    public static void KillProcess(int id) => Signal(id, Kill);

    public async ValueTask DisposeAsync()
    {
        if (_beside is not null)
            await _beside.DisposeAsync();
        if (!_process.HasExited)
        {
            // Not killed at once: its own PostgreSQL would be left running.
            Signal(_process.Id, Terminate);
            using var patience = new CancellationTokenSource(StopMax);
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_process.HasExited)
                _process.Kill();
        }

        _process.Dispose();
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static (Process Process, StringBuilder Output) Launch(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(program);
        foreach (var argument in arguments.Concat(DirectoryFor(arguments)))
            start.ArgumentList.Add(argument);
        var output = new StringBuilder();
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return (process, output);

        void Append(string? line)
        {
            lock (output)
                output.AppendLine(line);
        }
    }

    /// <summary>Whoever names a database and no directory has one that goes with the database, and nothing to do with that of the machine.</summary>
    private static IEnumerable<string> DirectoryFor(IReadOnlyList<string> arguments)
    {
        if (arguments.FirstOrDefault(argument => argument.StartsWith("--ConnectionStrings:Supervision=", StringComparison.Ordinal)) is not { } database
            || arguments.Any(argument => argument.StartsWith("--Data:Directory", StringComparison.Ordinal)))
            return [];
        return [$"--Data:Directory={Path.Combine(Directories.Value, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(database)))[..16])}"];
    }

    private static readonly Lazy<string> Directories = new(() =>
    {
        var directory = new TempDirectory();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => directory.Dispose();
        return directory.Path;
    });

    private static async Task WaitAsync(Process process, TimeSpan within, StringBuilder output)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(within);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            lock (output)
                Assert.Fail($"The process did not end within {within}:\n{output}");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private const int Kill = 9;

    private const int Terminate = 15;

    private static void Signal(int process, int signal) => Assert.Equal(0, SendSignal(process, signal));

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
