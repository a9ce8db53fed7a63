using Supervision.Hosting.Activations;
using Supervision.Hosting.Clock;
using Supervision.Hosting.WakeUps;
using Supervision.Silo.Configuration;
#if ORLEANS
using Supervision.Api;
using Supervision.Ledger.Schema;
using Supervision.Silo.Orleans.Cluster;
using Supervision.Silo.Orleans.Dashboard;
#endif

namespace Supervision.Silo.Startup;

/// <summary>The host that grains live on: the default one, or Orleans in a build that has it.</summary>
internal static class Hosts
{
    /// <summary>Whether this build has the host on Orleans.</summary>
    public const bool HasOrleans =
#if ORLEANS
        true;
#else
        false;
#endif

    /// <summary>Adds the host that was chosen.</summary>
    public static void AddHost(this IServiceCollection services, SiloSettings settings, Database database, TimeProvider clock)
    {
#if ORLEANS
        if (settings.Host.Kind == HostKind.Orleans)
        {
            if (clock is ManualTime manual)
                services.AddSingleton(manual);
            services.AddOrleansHost(settings.Orleans, LedgerDataSource.AsServingRole(database.ConnectionString));
            return;
        }
#endif
        services.AddDefaultHost(clock);
    }

    /// <summary>Adds the host that decides in this silo, whatever others there are.</summary>
    public static void AddDefaultHost(this IServiceCollection services, TimeProvider clock)
    {
        services.AddSingleton<IGrainClient>(provider => provider.GetRequiredService<GrainHost>());
        services.AddSingleton<IWakesGrains>(provider => provider.GetRequiredService<GrainHost>());
        services.AddSingleton<ISendsTogether>(provider => provider.GetRequiredService<GrainHost>());
        if (clock is ManualTime manual)
        {
            services.AddSingleton(manual);
            services.AddSingleton<IMovesTime>(manual);
        }
    }

    /// <summary>Adds what the host itself shows, for administrators; before the interface, whose authentication it needs.</summary>
    public static void MapHost(this WebApplication app, SiloSettings settings)
    {
#if ORLEANS
        if (settings.Host.Kind != HostKind.Orleans || !settings.Orleans.Dashboard)
            return;
        app.UseDashboardSignIn();
        app.MapDashboard().RequireAuthorization(ApiRegistration.AdminsPolicy).ExcludeFromDescription();
#endif
    }

    /// <summary>The host's own tables.</summary>
    public static IReadOnlyDictionary<string, string> Scripts(SiloSettings settings) =>
#if ORLEANS
        settings.Host.Kind == HostKind.Orleans ? OrleansSchema.Scripts() : new Dictionary<string, string>();
#else
        new Dictionary<string, string>();
#endif
}
