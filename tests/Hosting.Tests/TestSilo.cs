using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Supervision.Grains.Policies;
using Supervision.Hosting.Activations;
using Supervision.Hosting.Clock;
using Supervision.Hosting.Downtimes;
using Supervision.Hosting.Draws;
using Supervision.Hosting.Duties;
using Supervision.Hosting.Effects;
using Supervision.Hosting.Feed;
using Supervision.Hosting.Imports;
using Supervision.Hosting.Inspectors;
using Supervision.Hosting.Reading;
using Supervision.Hosting.Rules;
using Supervision.Hosting.Transfers;
using Supervision.Hosting.WakeUps;
using Supervision.Hosting.Webhooks;
using Supervision.Ledger;
using Supervision.Ledger.Append;
using Supervision.Ledger.Clock;
using Supervision.Ledger.Documents;
using Supervision.Ledger.Downtimes;
using Supervision.Ledger.Draws;
using Supervision.Ledger.Duties;
using Supervision.Ledger.Effects;
using Supervision.Ledger.Feed;
using Supervision.Ledger.Follow;
using Supervision.Ledger.Imports;
using Supervision.Ledger.Inspectors;
using Supervision.Ledger.Keys;
using Supervision.Ledger.Load;
using Supervision.Ledger.Query;
using Supervision.Ledger.Schema;
using Supervision.Ledger.Transfers;
using Supervision.Ledger.Webhooks;

namespace Supervision.Hosting.Tests;

/// <summary>What makes a silo, without HTTP and jobs. It follows the ledger only when a test asks it to.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private static readonly Lazy<RulesFiles> Files =
        new(() => RulesFiles.Read(RepositoryFolder.PathOf("policies"), RepositoryFolder.PathOf("data")));

    private readonly NpgsqlDataSource _dataSource;

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(15) };

    private TestSilo(
        string connectionString, ManualTime time, ActivationOptions options, LedgerOptions ledger, RuleBook rules, WebhookOptions webhooks, SecretKey webhookKey, BeaconOptions beacon)
    {
        _dataSource = LedgerDataSource.Create(connectionString);
        var loader = new GrainLoader(_dataSource);
        History = new GrainHistory(_dataSource);
        Inspectors = new InspectorDirectory(new InspectorStore(_dataSource));
        Rules = new CurrentRules(rules, new DowntimeStore(_dataSource));
        Activations = new ActivationTable(loader, Inspectors, Rules, Options.Create(options));
        Writer = new LedgerWriter(_dataSource, Position, time, Options.Create(ledger), NullLogger<LedgerWriter>.Instance);
        Follower = new LedgerFollower(_dataSource, Position, Activations, Options.Create(ledger), NullLogger<LedgerFollower>.Instance);
        Outcomes = new CommandOutcomes(_dataSource);
        Host = new GrainHost(Activations, Inspectors, Writer, Outcomes, History, Position, Rules, time);
        Downtimes = new DowntimeService(Rules, new DowntimeStore(_dataSource), Host, Activations, Outcomes);
        var query = new RegisterQuery(_dataSource, new TermFrequencies(_dataSource));
        Register = new RegisterReader(
            Activations, query, new RegisterLookup(_dataSource), new NameCandidates(_dataSource), new Restrictions(_dataSource), new StatisticsReader(new RegisterCounts(_dataSource), Stated),
            new PastReader(History, query, Rules), History, Position, Rules, time);
        Feed = new EventFeed(new FeedStore(_dataSource), new Restrictions(_dataSource), Activations, Position, new PublicAddress(null));
        Worklists = new WorklistReader(Register, Activations, new WorkQuery(_dataSource), Rules, time);
        WakeUps = new Supervision.Ledger.Query.WakeUps(_dataSource);
        Waker = new Waker(WakeUps, Host, NullLogger<Waker>.Instance);
        Effects = new EffectReader(new EffectStore(_dataSource), Activations, Host, NullLogger<EffectReader>.Instance);
        ImportStore = new ImportStore(_dataSource);
        Entry = new NewGrainEntry(new NewGrainAppend(_dataSource, Position, time), Rules, time, NullLogger<NewGrainEntry>.Instance);
        Keys = new KeyStore(_dataSource, time, NullLogger<KeyStore>.Instance);
        InspectorRegister = new InspectorRegister(Inspectors, new InspectorStore(_dataSource), Keys, Host);
        ImportRunner = new ImportRunner(ImportStore, Host, Host, Entry, Register, InspectorRegister, time, NullLogger<ImportRunner>.Instance);
        Imports = new ImportService(ImportStore, ImportRunner, _dataSource, rules, time, NullLogger<ImportService>.Instance);
        Documents = new DocumentStore(_dataSource);
        DueTransfers = new DueTransfers(new TitleTransfers(Host, Host, Register, rules), rules, NullLogger<DueTransfers>.Instance);
        Recognition = new TitleRecognition(new RecognitionStore(_dataSource), Host, rules);
        var duties = new DutyStore(_dataSource);
        Scheduling = new DutyScheduling(duties, Host, rules, time);
        Violators = new ViolatorListing(new EnterpriseQuery(_dataSource), Activations, Host);
        Grading = new RoundGrading(duties, Activations, Host, rules);
        var draws = new DrawStore(_dataSource);
        DrawRunner = new DrawRunner(draws, new DrawOrders(Activations, Host, Host), Activations, Host, History, NullLogger<DrawRunner>.Instance);
        SingleVisits = new DrawRunner(draws, new DrawOrders(Activations, Host), Activations, Host, History, NullLogger<DrawRunner>.Instance);
        Draws = new DrawService(
            draws, new DrawRoster(new HolderQuery(_dataSource), new CheckCounts(_dataSource), Activations),
            new EnergyRoster(new HolderQuery(_dataSource), new EnterpriseQuery(_dataSource), Activations), Inspectors, new InspectorLoads(_dataSource), Activations, Host, History, Outcomes,
            DrawRunner, rules, time);
        DrawOpening = new DrawOpening(draws, Activations, Host, new Restrictions(_dataSource));
        DrawPlans = new DrawPlans(Draws, draws, DrawRunner, DrawOpening, new Beacon(Options.Create(beacon), _http), Activations, new RulesAdoptions(History), rules, NullLogger<DrawPlans>.Instance);
        Coverage = new DrawCoverage(new DrawCounts(_dataSource), new RulesAdoptions(History), rules, time);
        var addresses = new AddressRules(webhooks.Networks()!);
        Receivers = new ReceiverClient(addresses, Options.Create(webhooks), time);
        var (subscriptions, deliveries) = (new SubscriptionStore(_dataSource), new DeliveryStore(_dataSource));
        Webhooks = new Dispatcher(
            new Deliverer(Receivers, Options.Create(webhooks)), new DeliveryTerm(_dataSource), subscriptions, deliveries, Feed, webhookKey, time, NullLogger<Dispatcher>.Instance);
        Subscriptions = new SubscriptionService(
            subscriptions, deliveries, Webhooks, Feed, webhookKey, new ReceiverUrl(addresses), Options.Create(webhooks), time);
        Clock = new ManualClock(time, time, WakeUps, Waker, Effects, DueTransfers, Recognition, Scheduling, Violators, Grading, DrawPlans, Webhooks, new ManualClockStore(_dataSource));
    }

    /// <summary>
    /// The real rules, but that the policy of most tests asks for no declarations, and none for registered inspectors: they are about neither.
    /// </summary>
    public static RuleBook Book { get; } = new(
        Files.Value.Book.Policies
            .Select(policy => policy with { Checks = policy.Checks with { RegisteredInspectorsFrom = null } })
            .Select(policy => policy.Id == Given.Policy ? policy with { Declarations = null } : policy),
        Files.Value.Book.Calendar,
        Files.Value.Book.Indicators);

    /// <summary>The real rules.</summary>
    public static RuleBook RealBook => Files.Value.Book;

    private static StatedFigures Stated { get; } = StatedFigures.Read(RepositoryFolder.PathOf("data"));

    private static SecretKey NoKey { get; } = new("/nowhere/webhooks.key");

    public LedgerPosition Position { get; } = new();

    public GrainHistory History { get; }

    public InspectorDirectory Inspectors { get; }

    public CurrentRules Rules { get; }

    public DowntimeService Downtimes { get; }

    public InspectorRegister InspectorRegister { get; }

    public KeyStore Keys { get; }

    public ActivationTable Activations { get; }

    public LedgerWriter Writer { get; }

    public LedgerFollower Follower { get; }

    public CommandOutcomes Outcomes { get; }

    public GrainHost Host { get; }

    public RegisterReader Register { get; }

    public EventFeed Feed { get; }

    public WorklistReader Worklists { get; }

    public Supervision.Ledger.Query.WakeUps WakeUps { get; }

    public Waker Waker { get; }

    public DueTransfers DueTransfers { get; }

    public TitleRecognition Recognition { get; }

    public EffectReader Effects { get; }

    public DrawRunner DrawRunner { get; }

    /// <summary>The same as on a host whose grains are active on several silos: each visit is sent alone.</summary>
    public DrawRunner SingleVisits { get; }

    public DrawOpening DrawOpening { get; }

    public DrawService Draws { get; }

    public DrawPlans DrawPlans { get; }

    public DrawCoverage Coverage { get; }

    public DutyScheduling Scheduling { get; }

    public ViolatorListing Violators { get; }

    public RoundGrading Grading { get; }

    public ReceiverClient Receivers { get; }

    /// <summary>Not started, unless a test is about it.</summary>
    public Dispatcher Webhooks { get; }

    public SubscriptionService Subscriptions { get; }

    public ManualClock Clock { get; }

    public DocumentStore Documents { get; }

    public ImportStore ImportStore { get; }

    public NewGrainEntry Entry { get; }

    public ImportRunner ImportRunner { get; }

    public ImportService Imports { get; }

    /// <summary>A silo whose writer does not run yet: what is sent to it waits.</summary>
    public static TestSilo CreateStopped(string connectionString, ManualTime time, ActivationOptions? options = null, LedgerOptions? ledger = null) =>
        new(connectionString, time, options ?? new ActivationOptions(), ledger ?? new LedgerOptions(), Book, new WebhookOptions(), NoKey, new BeaconOptions());

    public static async Task<TestSilo> StartAsync(
        string connectionString, ManualTime time, ActivationOptions? options = null, LedgerOptions? ledger = null, RuleBook? rules = null, WebhookOptions? webhooks = null,
        SecretKey? webhookKey = null, BeaconOptions? beacon = null)
    {
        var silo = new TestSilo(
            connectionString, time, options ?? new ActivationOptions(), ledger ?? new LedgerOptions(), rules ?? Book, webhooks ?? new WebhookOptions(), webhookKey ?? NoKey,
            beacon ?? new BeaconOptions());
        await silo.Writer.StartAsync(TestContext.Current.CancellationToken);
        await silo.Inspectors.StartAsync(TestContext.Current.CancellationToken);
        await silo.Rules.StartAsync(TestContext.Current.CancellationToken);
        return silo;
    }

    public ValueTask<CommandOutcome> SendAsync(GrainId grain, GrainCommand command, Actor actor, CommandIdentity? identity = null, long? expectedVersion = null) =>
        Host.SendAsync(grain, command, new CommandContext(actor, identity, expectedVersion), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Clock.Dispose();
        await Webhooks.StopAsync(CancellationToken.None);
        Webhooks.Dispose();
        Receivers.Dispose();
        DrawRunner.Dispose();
        SingleVisits.Dispose();
        Effects.Dispose();
        Imports.Dispose();
        Keys.Dispose();
        Follower.Dispose();
        await Writer.StopAsync(CancellationToken.None);
        await Writer.DisposeAsync();
        _http.Dispose();
        await _dataSource.DisposeAsync();
    }
}
