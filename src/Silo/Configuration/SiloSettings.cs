using Supervision.Hosting.Activations;
using Supervision.Hosting.Documents;
using Supervision.Hosting.Draws;
using Supervision.Hosting.Holds;
using Supervision.Hosting.Log;
using Supervision.Hosting.Reminders;
using Supervision.Hosting.Webhooks;
using Supervision.Hosting.StatusLists;
using Supervision.Ledger;
using Supervision.Ledger.Documents;
using Supervision.Ledger.Log;
#if ORLEANS
using Supervision.Silo.Orleans.Cluster;
#endif

namespace Supervision.Silo.Configuration;

/// <summary>Every setting of a silo, checked.</summary>
internal sealed record SiloSettings
{
    /// <summary>The database; null: the silo runs its own.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The database as an account that may change the schema.</summary>
    public string? MigrationConnectionString { get; init; }

    public required DataSettings Data { get; init; }

    public required SampleSettings Sample { get; init; }

    public required HostSettings Host { get; init; }

#if ORLEANS
    public required OrleansOptions Orleans { get; init; }

#endif
    public required AuthSettings Auth { get; init; }

    public required ClockSettings Clock { get; init; }

    public required EmbeddedSettings Embedded { get; init; }

    public required LedgerOptions Ledger { get; init; }

    public required ActivationOptions Activations { get; init; }

    public required DocumentOptions Documents { get; init; }

    public required BeaconOptions Beacon { get; init; }

    public required ReminderOptions Reminders { get; init; }

    public required BrakeOptions Brake { get; init; }

    public required WebhookOptions Webhooks { get; init; }

    public required LogOptions Log { get; init; }

    public required StatusListOptions StatusList { get; init; }

    /// <summary>Where documents lie.</summary>
    public DocumentFiles DocumentFiles() => new(Path.Combine(Data.Directory, "documents"));

    /// <summary>Where the key lies with which secrets of subscriptions are encrypted.</summary>
    public SecretKey WebhookKey() => new(Path.Combine(Data.Directory, "webhooks.key"));

    /// <summary>Where the keys of the log and its last checkpoint lie.</summary>
    public LogFiles LogFiles() => new(Path.GetFullPath(Path.Combine(Data.Directory, "log")));
}

/// <summary>Where a silo keeps its files.</summary>
internal sealed class DataSettings
{
    public const string Section = "Data";

    /// <summary>The directory. Default: /var/lib/supervision as root, otherwise ~/.local/share/supervision.</summary>
    public string Directory { get; set; } = Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows()
        ? "/var/lib/supervision"
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share", "supervision");
}

/// <summary>What hosts grains.</summary>
internal enum HostKind
{
    /// <summary>Each silo decides with its own memory; PostgreSQL alone is between them.</summary>
    Default,

    /// <summary>A cluster of Orleans, in which every grain is active on one silo.</summary>
    Orleans,
}

/// <summary>The host of grains.</summary>
internal sealed class HostSettings
{
    public const string Section = "Host";

    /// <summary>default or orleans. Default: default.</summary>
    public HostKind Kind { get; set; } = HostKind.Default;
}

/// <summary>The sample register.</summary>
internal sealed class SampleSettings
{
    public const string Section = "Sample";

    /// <summary>Whether an empty ledger begins with the real national list. Default: true.</summary>
    public bool Load { get; set; } = true;
}

/// <summary>Keys.</summary>
internal sealed class AuthSettings
{
    public const string Section = "Auth";

    /// <summary>Fewest characters of a key that is set by hand.</summary>
    public const int KeyLengthMin = 16;

    /// <summary>Secret of the first admin key. Default: one is made and written to admin.key in the data directory.</summary>
    public string? BootstrapAdminKey { get; set; }
}

/// <summary>What the silo takes the time from.</summary>
internal enum ClockMode
{
    /// <summary>The machine.</summary>
    Real,

    /// <summary>Whoever moves it through the interface.</summary>
    Manual,
}

/// <summary>The clock.</summary>
internal sealed class ClockSettings
{
    public const string Section = "Clock";

    /// <summary>real or manual. Default: real.</summary>
    public ClockMode Mode { get; set; } = ClockMode.Real;

    /// <summary>Where a manual clock begins on an empty ledger, RFC 3339. Default: now.</summary>
    public DateTimeOffset? Start { get; set; }

    /// <summary>Whether manual time is allowed on a database of one's own. Default: false.</summary>
    public bool AllowManual { get; set; }
}

/// <summary>The silo's own PostgreSQL.</summary>
internal sealed class EmbeddedSettings
{
    public const string Section = "Embedded";

    /// <summary>Memory for its buffers, in megabytes, but never more than a quarter of the machine's. Default: 4,096.</summary>
    public int SharedBuffersMegabytes { get; set; } = 4096;

    /// <summary>Whether buffers of a gigabyte and more are taken in huge pages where the machine allows it. Default: true.</summary>
    public bool HugePages { get; set; } = true;
}
