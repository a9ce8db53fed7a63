using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Npgsql;
using Supervision.Api;
using Supervision.Api.Limits;
using Supervision.Hosting.Activations;
using Supervision.Hosting.Documents;
using Supervision.Hosting.Draws;
using Supervision.Hosting.Holds;
using Supervision.Hosting.Log;
using Supervision.Hosting.Reminders;
using Supervision.Hosting.Webhooks;
using Supervision.Hosting.StatusLists;
using Supervision.Ledger;
#if ORLEANS
using Supervision.Silo.Orleans.Cluster;
#endif
using Supervision.Silo.Startup;

namespace Supervision.Silo.Configuration;

/// <summary>Reads the settings and finds everything that is wrong with them at once.</summary>
internal static class SettingsReader
{
    private const string ConnectionStrings = "ConnectionStrings";

    private static readonly string[] ConnectionNames = ["Supervision", "Migration"];

    // Ours, and those of the platform that somebody may give here.
    private static readonly string[] Sections =
    [
        ConnectionStrings, DataSettings.Section, SampleSettings.Section, HostSettings.Section, AuthSettings.Section, ClockSettings.Section, EmbeddedSettings.Section,
        LedgerOptions.Section, ActivationOptions.Section, DocumentOptions.Section, BeaconOptions.Section, BrakeOptions.Section, ReminderOptions.Section, WebhookOptions.Section,
        LogOptions.Section, StatusListOptions.Section, ApiOptions.Section, RateLimitOptions.Section,
#if ORLEANS
        OrleansOptions.Section,
#endif
        "Kestrel", "Logging",
    ];

    /// <summary>Reads every setting.</summary>
    /// <param name="configuration">All that is given: in files, in the environment, where much is that does not concern us, and as arguments.</param>
    /// <param name="arguments">The settings among the arguments, which all have to be ours.</param>
    /// <exception cref="SettingsException">Something is invalid or unknown; all of it is named.</exception>
    public static SiloSettings Read(IConfiguration configuration, IReadOnlyList<string> arguments)
    {
        var failures = new List<string>();
        foreach (var section in arguments.Where(argument => argument.StartsWith("--", StringComparison.Ordinal) && argument.Contains(':', StringComparison.Ordinal))
            .Select(argument => argument[2..argument.IndexOf(':', StringComparison.Ordinal)]).Where(section => !section.StartsWith("urls", StringComparison.OrdinalIgnoreCase)))
        {
            if (!Sections.Contains(section, StringComparer.OrdinalIgnoreCase))
                failures.Add($"{section} has no settings; there are those of {string.Join(", ", Sections)}.");
        }

        // The last one without a value would be passed over.
        if (arguments is [.., var last] && last.StartsWith("--", StringComparison.Ordinal) && !last.Contains('=', StringComparison.Ordinal))
            failures.Add($"{last} has no value.");
        foreach (var unknown in configuration.GetSection(ConnectionStrings).GetChildren().Where(child => !ConnectionNames.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
            failures.Add($"{unknown.Path} is not a setting; there are {string.Join(", ", ConnectionNames.Select(name => $"{ConnectionStrings}:{name}"))}.");
        foreach (var address in (configuration[WebHostDefaults.ServerUrlsKey] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!IsAddress(address))
                failures.Add($"{WebHostDefaults.ServerUrlsKey} is '{address}'; addresses such as http://127.0.0.1:5080 are needed, with semicolons between them.");
        }

        var settings = new SiloSettings
        {
            ConnectionString = Connection(configuration, ConnectionNames[0], failures),
            MigrationConnectionString = Connection(configuration, ConnectionNames[1], failures),
            Data = Bind<DataSettings>(configuration, DataSettings.Section, failures),
            Sample = Bind<SampleSettings>(configuration, SampleSettings.Section, failures),
            Host = Bind<HostSettings>(configuration, HostSettings.Section, failures),
#if ORLEANS
            Orleans = Bind<OrleansOptions>(configuration, OrleansOptions.Section, failures),
#endif
            Auth = Bind<AuthSettings>(configuration, AuthSettings.Section, failures),
            Clock = Bind<ClockSettings>(configuration, ClockSettings.Section, failures),
            Embedded = Bind<EmbeddedSettings>(configuration, EmbeddedSettings.Section, failures),
            Ledger = Bind<LedgerOptions>(configuration, LedgerOptions.Section, failures),
            Activations = Bind<ActivationOptions>(configuration, ActivationOptions.Section, failures),
            Documents = Bind<DocumentOptions>(configuration, DocumentOptions.Section, failures),
            Beacon = Bind<BeaconOptions>(configuration, BeaconOptions.Section, failures),
            Brake = Bind<BrakeOptions>(configuration, BrakeOptions.Section, failures),
            Reminders = Bind<ReminderOptions>(configuration, ReminderOptions.Section, failures),
            Webhooks = Bind<WebhookOptions>(configuration, WebhookOptions.Section, failures),
            Log = Bind<LogOptions>(configuration, LogOptions.Section, failures),
            StatusList = Bind<StatusListOptions>(configuration, StatusListOptions.Section, failures),
        };
        // The interface binds its own options; here they are looked at, so that all that is wrong is named at once.
        CheckAnnotated<ApiOptions>(configuration, ApiOptions.Section, failures);
        CheckAnnotated<RateLimitOptions>(configuration, RateLimitOptions.Section, failures);
        CheckAnnotated<BeaconOptions>(configuration, BeaconOptions.Section, failures);
        CheckAnnotated<LogOptions>(configuration, LogOptions.Section, failures);
        failures.AddRange(Check(settings));
        return failures.Count == 0 ? settings : throw new SettingsException(failures);
    }

    private static IEnumerable<string> Check(SiloSettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.Data.Directory))
            yield return "Data:Directory is empty; a path is needed.";
        if (settings.Auth.BootstrapAdminKey is { } key && (key.Length < AuthSettings.KeyLengthMin || key.Any(character => character is <= ' ' or > '~')))
            yield return $"Auth:BootstrapAdminKey needs at least {AuthSettings.KeyLengthMin} visible ASCII characters.";
        if (settings.Host.Kind == HostKind.Orleans && !Hosts.HasOrleans)
            yield return "Host:Kind is 'orleans', which this build does not have; build src/Silo with -p:Orleans=true, or leave Host:Kind at 'default'.";
#if ORLEANS
        foreach (var failure in settings.Orleans.Failures())
            yield return failure;
#endif
        if (settings.Clock.Mode == ClockMode.Manual && settings.ConnectionString is not null && !settings.Clock.AllowManual)
            yield return "Clock:Mode=manual is refused with ConnectionStrings:Supervision, whose deadlines others may rely on; Clock:AllowManual=true allows it.";
        if (settings.Clock.Mode == ClockMode.Real && settings.Clock.Start is not null)
            yield return "Clock:Start is only for Clock:Mode=manual.";
        if (settings.MigrationConnectionString is not null && settings.ConnectionString is null)
            yield return "ConnectionStrings:Migration is only for use with ConnectionStrings:Supervision.";
        if (settings.Reminders.Marks() is null)
            yield return $"Reminders:DaysBefore is '{settings.Reminders.DaysBefore}'; it has to be days from 1 to {ReminderOptions.DaysMax} with commas between them.";
        if (settings.Webhooks.Networks() is null)
            yield return $"Webhooks:AllowedNetworks is '{settings.Webhooks.AllowedNetworks}'; it has to be networks such as 10.1.0.0/16 with commas between them.";
        if (Uri.CheckHostName(settings.Webhooks.Origin) != UriHostNameType.Dns)
            yield return $"Webhooks:Origin is '{settings.Webhooks.Origin}'; it has to be a name such as supervision.example.";
        foreach (var (name, value, min, max) in new (string, TimeSpan, TimeSpan, TimeSpan)[]
        {
            ("Webhooks:AttemptTimeMax", settings.Webhooks.AttemptTimeMax, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(60)),
            ("Webhooks:SecretOverlap", settings.Webhooks.SecretOverlap, TimeSpan.Zero, TimeSpan.FromDays(30)),
        })
        {
            if (value < min || value > max)
                yield return $"{name} is {value}; it has to be between {min} and {max}.";
        }

        foreach (var (name, value, min, max) in new (string, int, int, int)[]
        {
            ("Ledger:BatchAppendsMax", settings.Ledger.BatchAppendsMax, 1, 10_000),
            ("Ledger:QueueAppendsMax", settings.Ledger.QueueAppendsMax, 1, 1_000_000),
            ("Ledger:FollowIntervalMilliseconds", settings.Ledger.FollowIntervalMilliseconds, 1, 60_000),
            ("Activations:GrainsMax", settings.Activations.GrainsMax, 1, 100_000_000),
            ("Documents:DocumentMegabytesMax", settings.Documents.DocumentMegabytesMax, 1, 1024),
            ("Documents:DayMegabytesMax", settings.Documents.DayMegabytesMax, 1, 1_000_000),
            ("Documents:FreeMegabytesMin", settings.Documents.FreeMegabytesMin, 0, 100_000_000),
            ("Brake:TitlesMax", settings.Brake.TitlesMax, 1, 100_000_000),
            ("Brake:SharePercentMax", settings.Brake.SharePercentMax, 1, 100),
            ("Brake:ShareTitlesMin", settings.Brake.ShareTitlesMin, 0, 100_000_000),
            ("Webhooks:LogDays", settings.Webhooks.LogDays, 1, 3650),
            ("Webhooks:SubscriptionsMax", settings.Webhooks.SubscriptionsMax, 1, 10_000),
            ("StatusList:IntervalSeconds", settings.StatusList.IntervalSeconds, 0, 3_600),
            ("StatusList:ValidHours", settings.StatusList.ValidHours, 1, 8_760),
            ("Embedded:SharedBuffersMegabytes", settings.Embedded.SharedBuffersMegabytes, 16, 1_000_000),
        })
        {
            if (value < min || value > max)
                yield return $"{name} is {value}; it has to be between {min} and {max}.";
        }
    }

    private static bool IsAddress(string text)
    {
        try
        {
            var address = BindingAddress.Parse(text);
            var isHost = address.IsUnixPipe || address.Host.StartsWith('[') || !address.Host.Contains(':', StringComparison.Ordinal);
            return isHost && address.Port is >= 0 and <= ushort.MaxValue && address.Scheme is "http" or "https";
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return false;
        }
    }

    private static void CheckAnnotated<T>(IConfiguration configuration, string section, List<string> failures)
        where T : class, new()
    {
        var settings = Bind<T>(configuration, section, failures);
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(settings, new ValidationContext(settings), results, validateAllProperties: true);
        failures.AddRange(results.Select(result => $"{section}:{string.Join(", ", result.MemberNames)}: {result.ErrorMessage}"));
    }

    private static string? Connection(IConfiguration configuration, string name, List<string> failures)
    {
        if (configuration.GetConnectionString(name) is not { Length: > 0 } text)
            return null;
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(text);
            if (string.IsNullOrEmpty(builder.Host) || string.IsNullOrEmpty(builder.Database))
                failures.Add($"{ConnectionStrings}:{name} needs at least Host and Database.");
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            failures.Add($"{ConnectionStrings}:{name} is not a connection string of PostgreSQL: {exception.Message}");
        }

        return text;
    }

    private static T Bind<T>(IConfiguration configuration, string section, List<string> failures)
        where T : class, new()
    {
        var settings = new T();
        Bind(settings, configuration.GetSection(section), section, failures);
        return settings;
    }

    private static void Bind(object settings, IConfiguration configuration, string section, List<string> failures)
    {
        var properties = Array.FindAll(settings.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance), property => property.CanWrite);
        foreach (var child in configuration.GetChildren())
        {
            var property = Array.Find(properties, candidate => string.Equals(candidate.Name, child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                failures.Add($"{child.Path} is not a setting; there are {string.Join(", ", properties.Select(candidate => $"{section}:{candidate.Name}"))}.");
                continue;
            }

            if (IsSection(property.PropertyType))
            {
                if (child.Value is { } text)
                    failures.Add($"{section}:{property.Name} is '{text}'; it is no setting itself, but has some.");
                Bind(property.GetValue(settings)!, child, $"{section}:{property.Name}", failures);
                continue;
            }

            try
            {
                // An enumeration takes any number, also one that means nothing.
                if (child.Get(property.PropertyType) is { } value)
                    property.SetValue(settings, value is not Enum || Enum.IsDefined(value.GetType(), value) ? value : throw new InvalidOperationException());
            }
            catch (InvalidOperationException)
            {
                failures.Add($"{section}:{property.Name} is '{child.Value}'; {Expected(property.PropertyType)} is needed.");
            }
        }
    }

    // A type of the platform, such as an address, is a value.
    private static bool IsSection(Type type) => type.IsClass && type.Namespace?.StartsWith($"{nameof(Supervision)}.", StringComparison.Ordinal) == true;

    private static string Expected(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsEnum ? string.Join(" or ", EnumWords.Of(plain))
            : plain == typeof(bool) ? "true or false"
            : plain == typeof(int) ? "a whole number"
            : plain == typeof(TimeSpan) ? "a time span, for example 00:00:05,"
            : plain == typeof(DateTimeOffset) ? "an instant, for example 2026-01-01T00:00:00Z,"
            : "a text";
    }
}

/// <summary>Settings that the silo cannot start with.</summary>
internal sealed class SettingsException(IReadOnlyList<string> failures)
    : Exception("The settings are not valid:" + Environment.NewLine + string.Join(Environment.NewLine, failures.Select(failure => "  " + failure)))
{
    public IReadOnlyList<string> Failures => failures;
}
