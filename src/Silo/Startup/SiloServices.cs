using Microsoft.Extensions.Options;
using Supervision.Hosting.Activations;
using Supervision.Hosting.Clock;
using Supervision.Hosting.Documents;
using Supervision.Hosting.Downtimes;
using Supervision.Hosting.Draws;
using Supervision.Hosting.Duties;
using Supervision.Hosting.Effects;
using Supervision.Hosting.Feed;
using Supervision.Hosting.Holds;
using Supervision.Hosting.Imports;
using Supervision.Hosting.Inspectors;
using Supervision.Hosting.Jobs;
using Supervision.Hosting.Log;
using Supervision.Hosting.Reading;
using Supervision.Hosting.Reminders;
using Supervision.Hosting.Rules;
using Supervision.Hosting.StatusLists;
using Supervision.Hosting.Transfers;
using Supervision.Hosting.WakeUps;
using Supervision.Hosting.Webhooks;
using Supervision.Ledger;
using Supervision.Ledger.Append;
using Supervision.Ledger.Audit;
using Supervision.Ledger.Clock;
using Supervision.Ledger.Documents;
using Supervision.Ledger.Downtimes;
using Supervision.Ledger.Draws;
using Supervision.Ledger.Duties;
using Supervision.Ledger.Effects;
using Supervision.Ledger.Feed;
using Supervision.Ledger.Follow;
using Supervision.Ledger.Holds;
using Supervision.Ledger.Imports;
using Supervision.Ledger.Inspectors;
using Supervision.Ledger.Jobs;
using Supervision.Ledger.Keys;
using Supervision.Ledger.Load;
using Supervision.Ledger.Log;
using Supervision.Ledger.Query;
using Supervision.Ledger.Reminders;
using Supervision.Ledger.Rules;
using Supervision.Ledger.Schema;
using Supervision.Ledger.StatusLists;
using Supervision.Ledger.Transfers;
using Supervision.Ledger.Webhooks;
using Supervision.Silo.Configuration;

namespace Supervision.Silo.Startup;

/// <summary>The wiring of a silo.</summary>
internal static class SiloServices
{
    /// <summary>Adds everything that serves.</summary>
    public static IServiceCollection AddSilo(
        this IServiceCollection services, SiloSettings settings, Database database, RulesFiles rules, TimeProvider clock)
    {
        services.AddRegister(settings, database, rules, clock, () => services.AddHost(settings, database, clock));
        services.AddSingleton<IExports, RegisterExport>();
        services.AddFeed(settings);
        services.AddSingleton(settings.DocumentFiles());
        services.AddSingleton(Options.Create(settings.Documents));
        services.AddSingleton<IDocuments, DocumentService>();
        services.AddSingleton<ReminderStore>();
        services.AddSingleton<IReminders>(provider => provider.GetRequiredService<ReminderStore>());
        services.AddSingleton(Options.Create(settings.Reminders));
        services.AddSingleton<Reminding>();
        services.AddWebhooks(settings);
        services.AddLog(settings);
        services.AddSingleton<JobRunStore>();
        services.AddJobs();
        services.AddSingleton<StartupTasks>();
        services.AddHostedService(provider => provider.GetRequiredService<StartupTasks>());
        services.AddHostedService(provider => provider.GetRequiredService<EffectReader>());
        services.AddHostedService(provider => provider.GetRequiredService<DrawRunner>());
        services.AddHostedService(provider => provider.GetRequiredService<Dispatcher>());
        services.AddHostedService(provider => provider.GetRequiredService<Signing>());
        if (clock is ManualTime manual)
        {
            // Manual time fires what is due itself, instant by instant; a scheduler beside it would only disturb the order.
            services.AddSingleton<IManualClock, ManualClock>();
        }
        else
        {
            services.AddScheduling(LedgerDataSource.AsServingRole(database.ConnectionString), clock);
        }

        return services;
    }

    private static void AddFeed(this IServiceCollection services, SiloSettings settings)
    {
        services.AddSingleton<FeedStore>();
        services.AddSingleton<IEventFeed, EventFeed>();
        services.AddSingleton(Options.Create(settings.StatusList));
        services.AddSingleton(_ => new StatusListKey(Path.Combine(settings.Data.Directory, "keys")));
        services.AddSingleton<StatusListStore>();
        services.AddSingleton<IStatusLists, StatusListMaker>();
    }

    private static void AddLog(this IServiceCollection services, SiloSettings settings)
    {
        services.AddSingleton(settings.LogFiles());
        services.AddSingleton(Options.Create(settings.Log));
        services.AddSingleton<LogStore>();
        services.AddSingleton<LogTree>();
        services.AddSingleton<CheckpointSigner>();
        services.AddSingleton<Signing>();
        services.AddSingleton<ITransparencyLog, TransparencyLog>();
    }

    private static void AddWebhooks(this IServiceCollection services, SiloSettings settings)
    {
        services.AddSingleton(Options.Create(settings.Webhooks));
        services.AddSingleton(settings.WebhookKey());
        services.AddSingleton(new AddressRules(settings.Webhooks.Networks()!));
        services.AddSingleton<ReceiverUrl>();
        services.AddSingleton<ReceiverClient>();
        services.AddSingleton<Deliverer>();
        services.AddSingleton<SubscriptionStore>();
        services.AddSingleton<DeliveryStore>();
        services.AddSingleton<DeliveryTerm>();
        services.AddSingleton<Dispatcher>();
        services.AddSingleton<ISubscriptions, SubscriptionService>();
    }

    /// <summary>Adds what reads and writes the register, imports included, without what serves others.</summary>
    public static IServiceCollection AddRegister(
        this IServiceCollection services, SiloSettings settings, Database database, RulesFiles rules, TimeProvider clock) =>
        services.AddRegister(settings, database, rules, clock, () => services.AddDefaultHost(clock));

    private static IServiceCollection AddRegister(
        this IServiceCollection services, SiloSettings settings, Database database, RulesFiles rules, TimeProvider clock, Action addHost)
    {
        services.AddSingleton(settings);
        services.AddSingleton(Options.Create(settings.Beacon));
        services.AddSingleton(database.Serving);
        services.AddSingleton(rules);
        services.AddSingleton(rules.Book);
        services.AddSingleton(clock);
        services.AddSingleton(Options.Create(settings.Ledger));
        services.AddSingleton(Options.Create(settings.Activations));

        services.AddSingleton<LedgerPosition>();
        services.AddSingleton<LedgerWriter>();
        services.AddSingleton<GrainLoader>();
        services.AddSingleton<GrainHistory>();
        services.AddSingleton<CommandOutcomes>();
        services.AddSingleton<TermFrequencies>();
        services.AddSingleton<RegisterQuery>();
        services.AddSingleton<RegisterLookup>();
        services.AddSingleton<NameCandidates>();
        services.AddSingleton<Restrictions>();
        services.AddSingleton<RegisterCounts>();
        services.AddSingleton<WakeUps>();
        services.AddSingleton<WorkQuery>();
        services.AddSingleton<RulesStore>();
        services.AddSingleton<ImportStore>();
        services.AddSingleton<NewGrainAppend>();
        services.AddSingleton<KeyStore>();
        services.AddSingleton<DocumentStore>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<ManualClockStore>();

        services.AddSingleton<InspectorStore>();
        services.AddSingleton<InspectorDirectory>();
        services.AddSingleton<DowntimeStore>();
        services.AddSingleton<CurrentRules>();
        services.AddSingleton<IDowntimes, DowntimeService>();
        services.AddSingleton<ActivationTable>();
        services.AddSingleton<ILedgerFollowing>(provider => provider.GetRequiredService<ActivationTable>());
        services.AddSingleton<LedgerFollower>();
        services.AddSingleton<GrainHost>();
        services.AddSingleton(_ => StatedFigures.Read(Path.Combine(AppContext.BaseDirectory, "data")));
        services.AddSingleton<StatisticsReader>();
        services.AddSingleton<SupervisionCounts>();
        services.AddSingleton<ISupervisionStatistics, SupervisionReader>();
        services.AddSingleton<DrawCounts>();
        services.AddSingleton<RulesAdoptions>();
        services.AddSingleton<IDrawStatistics, DrawCoverage>();
        services.AddSingleton<PastReader>();
        services.AddSingleton<IRegister, RegisterReader>();
        services.AddSingleton<IWorklists, WorklistReader>();
        services.AddSingleton<InspectorRegister>();
        services.AddSingleton<IInspectors>(provider => provider.GetRequiredService<InspectorRegister>());
        services.AddSingleton<IKeys>(provider => provider.GetRequiredService<KeyStore>());
        services.AddSingleton<IAudit>(provider => provider.GetRequiredService<AuditTrail>());
        services.AddSingleton<IEligibility, EligibilityReader>();
        services.AddSingleton<IInspections, InspectionReader>();
        services.AddSingleton<Waker>();
        services.AddSingleton<EffectStore>();
        services.AddSingleton<EffectReader>();
        services.AddSingleton<DutyStore>();
        services.AddSingleton<DutyScheduling>();
        services.AddSingleton<RoundGrading>();
        services.AddSingleton<DrawStore>();
        services.AddSingleton<HolderQuery>();
        services.AddSingleton<CheckCounts>();
        services.AddSingleton<InspectorLoads>();
        services.AddSingleton<DrawRoster>();
        services.AddSingleton<EnterpriseQuery>();
        services.AddSingleton<EnergyRoster>();
        services.AddSingleton<ViolatorListing>();
        services.AddSingleton<DrawOrders>();
        services.AddSingleton<DrawOpening>();
        services.AddSingleton<DrawRunner>();
        services.AddSingleton<IDraws, DrawService>();
        services.AddSingleton(_ => new HttpClient { Timeout = TimeSpan.FromSeconds(15) });
        services.AddSingleton<Beacon>();
        services.AddSingleton<DrawPlans>();
        services.AddSingleton<RulesRegistration>();
        services.AddSingleton<NewGrainEntry>();
        services.AddSingleton<ITitleTransfers, TitleTransfers>();
        services.AddSingleton(Options.Create(settings.Brake));
        services.AddSingleton<HoldStore>();
        services.AddSingleton<IHolds, Brake>();
        services.AddSingleton<DueTransfers>();
        services.AddSingleton<RecognitionStore>();
        services.AddSingleton<TitleRecognition>();
        services.AddSingleton<ImportRunner>();
        services.AddSingleton<ImportService>();
        services.AddSingleton<IImports>(provider => provider.GetRequiredService<ImportService>());

        // Started in this order and stopped in the opposite one: the writer is the first and the last.
        services.AddHostedService(provider => provider.GetRequiredService<LedgerWriter>());
        // Reads at the end of the ledger that the writer found; what comes behind it is followed.
        services.AddHostedService(provider => provider.GetRequiredService<InspectorDirectory>());
        services.AddHostedService(provider => provider.GetRequiredService<CurrentRules>());
        services.AddHostedService(provider => provider.GetRequiredService<LedgerFollower>());
        addHost();
        services.AddHostedService(provider => provider.GetRequiredService<KeyStore>());
        services.AddHostedService(provider => provider.GetRequiredService<AuditTrail>());
        services.AddHostedService(provider => provider.GetRequiredService<ImportService>());
        return services;
    }
}
