using System.Collections.Concurrent;

namespace Supervision.Api.Tests;

/// <summary>Takes every command and answers as the test says.</summary>
internal sealed class StandInGrains : IGrainClient
{
    public ConcurrentQueue<(GrainId Grain, GrainCommand Command, CommandContext Context)> Sent { get; } = [];

    public Func<GrainId, GrainCommand, CancellationToken, Task<CommandOutcome>> Answer { get; set; } =
        (grain, _, _) => Task.FromResult(new CommandOutcome(CommandStatus.Accepted, null, Entities.Snapshot(grain, 8), null, 42, Changed: true));

    public async ValueTask<CommandOutcome> SendAsync(GrainId grain, GrainCommand command, CommandContext context, CancellationToken cancellationToken)
    {
        Sent.Enqueue((grain, command, context));
        return await Answer(grain, command, cancellationToken);
    }
}

/// <summary>A register of the entities that the test puts in.</summary>
internal sealed class StandInRegister : IRegister
{
    public SortedDictionary<GrainId, EntitySnapshot> Entities { get; } = [];

    public List<HistoryEntry> History { get; } = [];

    public EntityFilter? Filter { get; private set; }

    public AsOf? AsOf { get; private set; }

    public StatisticsQuery? Counted { get; private set; }

    public List<StatisticsRow> Rows { get; } = [];

    public Exception? Failure { get; set; }

    public long Seq => 41;

    public Task WaitForAsync(long seq, CancellationToken cancellationToken) =>
        seq <= Seq ? Task.CompletedTask : Task.Delay(Timeout.Infinite, cancellationToken);

    public ValueTask<EntitySnapshot?> FindAsync(GrainId grain, CancellationToken cancellationToken) =>
        Failure is { } failure ? throw failure : ValueTask.FromResult(Entities.GetValueOrDefault(grain));

    public Task<Page<EntitySnapshot>> ListAsync(EntityFilter filter, GrainId? after, int limit, CancellationToken cancellationToken)
    {
        Filter = filter;
        var rest = Entities.Values
            .Where(entity => (after is not { } place || entity.View.Id > place) && (filter.Search is not { } search || entity.View.Name.Contains(search, StringComparison.Ordinal)))
            .ToArray();
        return Task.FromResult(new Page<EntitySnapshot>([.. rest.Take(limit)], rest.Length > limit));
    }

    public Task<IReadOnlyDictionary<GrainId, EntitySnapshot>> FindAsync(IReadOnlyCollection<GrainId> grains, AsOf? asOf, CancellationToken cancellationToken)
    {
        AsOf = asOf;
        return Task.FromResult<IReadOnlyDictionary<GrainId, EntitySnapshot>>(grains.Where(Entities.ContainsKey).ToDictionary(grain => grain, grain => Entities[grain]));
    }

    public async Task<PastPage> ListAsync(EntityFilter filter, AsOf asOf, GrainId? after, int limit, CancellationToken cancellationToken)
    {
        AsOf = asOf;
        var page = await ListAsync(filter, after, limit, cancellationToken);
        return new PastPage(page.Items, page.HasMore ? page.Items[^1].View.Id : null);
    }

    public Task<IReadOnlyList<IReadOnlyList<GrainId>>> MatchAsync(IReadOnlyList<string> texts, AsOf? asOf, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<IReadOnlyList<GrainId>>>(
            [.. texts.Select(text => Entities.Values.Where(entity => entity.View.Name == text).Select(entity => entity.View.Id).Take(limit).ToArray())]);

    public Task<IReadOnlyList<Candidate>> CandidatesAsync(string name, EntityFilter filter, int limit, CancellationToken cancellationToken)
    {
        Filter = filter;
        return Task.FromResult<IReadOnlyList<Candidate>>(
            [.. Entities.Values.Take(limit).Select(entity => new Candidate(entity.View.Id, entity.View.Name, name, 0.5, entity.View.Standing, entity.View.Region))]);
    }

    public HashSet<GrainId> Withheld { get; } = [];

    public ValueTask<bool> IsWithheldAsync(GrainId entity, CancellationToken cancellationToken) => ValueTask.FromResult(Withheld.Contains(entity));

    public Task<IReadOnlySet<GrainId>> WithheldAsync(IReadOnlyCollection<GrainId> entities, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<GrainId>>(entities.Where(Withheld.Contains).ToHashSet());

    public Task<IReadOnlyList<StatisticsRow>> CountAsync(StatisticsQuery query, CancellationToken cancellationToken)
    {
        Counted = query;
        return Task.FromResult<IReadOnlyList<StatisticsRow>>(Rows);
    }

    public DateOnly DateAt(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(TimeSpan.FromHours(8)).DateTime);

    public Task<Page<HistoryEntry>?> HistoryAsync(GrainId grain, HistoryOrder order, long? after, int limit, CancellationToken cancellationToken)
    {
        if (!Entities.ContainsKey(grain))
            return Task.FromResult<Page<HistoryEntry>?>(null);
        var ordered = order == HistoryOrder.Oldest ? History.OrderBy(entry => entry.Version) : History.OrderByDescending(entry => entry.Version);
        var rest = ordered.Where(entry => after is not { } place || (order == HistoryOrder.Oldest ? entry.Version > place : entry.Version < place)).ToArray();
        return Task.FromResult<Page<HistoryEntry>?>(new Page<HistoryEntry>([.. rest.Take(limit)], rest.Length > limit));
    }
}

/// <summary>One key per role, each with its word as secret, and the bootstrap key.</summary>
internal sealed class StandInKeys : IKeys
{
    public const string Bootstrap = "bootstrap";

    public const string Revoked = "revoked";

    private readonly Dictionary<string, KeyHolder> _holders = Enum.GetValues<Role>()
        .Select(role => (Secret: KebabCase<Role>.Word(role), Actor: new Actor($"p-{role}", $"{role}", role, Authority.National)
        {
            Enterprise = role == Role.Enterprise ? Entities.Enterprise : null,
            Body = role is Role.CertificationBody or Role.Evaluator ? "某某认证中心" : null,
        }))
        .Append((Secret: "officer-2", Actor: new Actor("p-officer-2", "Officer 2", Role.Officer, Authority.National)))
        .Append((Secret: "integrator-2", Actor: new Actor("p-integrator-2", "Integrator 2", Role.Integrator, Authority.National)))
        .Append((Secret: Bootstrap, Actor: new Actor("p-bootstrap", "Bootstrap", Role.Admin, Authority.National, AnyAuthority: true)))
        .Append((Secret: "hunan", Actor: new Actor("p-hunan", "Hunan", Role.Officer, new Authority(Level.Provincial, ["430000"]))))
        .Append((Secret: Revoked, Actor: new Actor("p-revoked", "Revoked", Role.Officer, Authority.National)))
        .ToDictionary(key => key.Secret, key => new KeyHolder($"key-{key.Secret}", key.Actor, key.Secret == Revoked));

    private readonly Dictionary<Guid, byte[]> _made = [];

    public List<(KeyRequest Request, string CreatedBy)> Created { get; } = [];

    public KeyHolder? Find(ReadOnlySpan<char> secret) => _holders.GetValueOrDefault(secret.ToString());

    public Task<NewKey?> CreateAsync(KeyRequest request, string createdBy, CommandIdentity? identity, CancellationToken cancellationToken)
    {
        if (identity is not null && !_made.TryAdd(identity.Id, identity.RequestHash))
            return Task.FromResult(_made[identity.Id].SequenceEqual(identity.RequestHash) ? new NewKey("key-9", null) : null);
        Created.Add((request, createdBy));
        return Task.FromResult<NewKey?>(new NewKey("key-9", "sk_secret"));
    }

    public Task<IReadOnlyList<KeyView>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<KeyView>>(
            [new KeyView("key-1", "张三的", "张三", "p-1", Role.Officer, Level.Provincial, ["430000"], Bootstrap: false, Entities.Now, null)]);

    public Task<bool> RevokeAsync(string id, CancellationToken cancellationToken) => Task.FromResult(id == "key-1");
}

/// <summary>Keeps what is recorded.</summary>
internal sealed class StandInAudit : IAudit
{
    public ConcurrentQueue<AuditEntry> Entries { get; } = [];

    public AuditFilter? Filter { get; private set; }

    public Exception? Failure { get; set; }

    public Task RecordAsync(AuditEntry done, CancellationToken cancellationToken)
    {
        if (Failure is { } failure)
            throw failure;
        Entries.Enqueue(done);
        return Task.CompletedTask;
    }

    public void Deny(AuditEntry denial) => Entries.Enqueue(denial);

    public Task<Page<AuditRecord>> ListAsync(AuditFilter filter, long? before, int limit, CancellationToken cancellationToken)
    {
        Filter = filter;
        var records = Entries.Select((entry, i) => new AuditRecord(
            i + 1, entry.At, entry.Outcome, entry.Key, null, entry.PersonId, entry.Method, entry.Route, entry.Subject, entry.Address, 1));
        var rest = records.Where(record => before is null || record.Id < before).Reverse().ToArray();
        return Task.FromResult(new Page<AuditRecord>([.. rest.Take(limit)], rest.Length > limit));
    }
}

/// <summary>Worklists of what the test puts in.</summary>
internal sealed class StandInWorklists : IWorklists
{
    public List<DeadlineItem> Deadlines { get; } = [];

    public WorkFilter? Filter { get; private set; }

    public DeadlineFilter? DeadlineFilter { get; private set; }

    public DateOnly Today => new(2026, 5, 1);

    public Task<WorkPage<CheckItem>> ChecksAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken)
    {
        Filter = filter;
        return Task.FromResult(new WorkPage<CheckItem>([], null));
    }

    public Task<WorkPage<CaseItem>> CasesAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken)
    {
        Filter = filter;
        // The second page begins after what has no day yet.
        return Task.FromResult(new WorkPage<CaseItem>([], after is null ? new WorkPlace(null, Entities.Factory, "case-1") : null));
    }

    public int? Year { get; private set; }

    public Task<WorkPage<EnergyInspectionItem>> EnergyInspectionsAsync(WorkFilter filter, int? year, WorkPlace? after, int limit, CancellationToken cancellationToken)
    {
        (Filter, Year) = (filter, year);
        return Task.FromResult(new WorkPage<EnergyInspectionItem>([], null));
    }

    public Task<WorkPage<VetoItem>> VetoesAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken)
    {
        Filter = filter;
        return Task.FromResult(new WorkPage<VetoItem>([], null));
    }

    public Task<WorkPage<AdjustmentItem>> AdjustmentsAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken)
    {
        Filter = filter;
        return Task.FromResult(new WorkPage<AdjustmentItem>([], null));
    }

    public Task<WorkPage<ProposedSuccessorItem>> ProposedSuccessorsAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken)
    {
        Filter = filter;
        return Task.FromResult(new WorkPage<ProposedSuccessorItem>([], null));
    }

    public Task<WorkPage<CertificateItem>> CertificatesAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken)
    {
        Filter = filter;
        return Task.FromResult(new WorkPage<CertificateItem>([], null));
    }

    public Task<WorkPage<IncidentItem>> IncidentsAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken)
    {
        Filter = filter;
        return Task.FromResult(new WorkPage<IncidentItem>([], null));
    }

    public Task<WorkPage<ChangeItem>> ChangesAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken)
    {
        Filter = filter;
        return Task.FromResult(new WorkPage<ChangeItem>([], null));
    }

    public Task<WorkPage<InspectionTaskItem>> InspectionTasksAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken)
    {
        Filter = filter;
        return Task.FromResult(new WorkPage<InspectionTaskItem>(
            after is null ? [new InspectionTaskItem(Entities.Factory, "甲", "430000", "湖南", InspectionTask.Recusal, "check-1", "I-1", new DateOnly(2026, 6, 30))] : [], null));
    }

    public Task<WorkPage<DisclosureItem>> DisclosuresAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken)
    {
        Filter = filter;
        return Task.FromResult(new WorkPage<DisclosureItem>(
            [new DisclosureItem(Entities.Factory, "甲厂", "430000", "湖南省", DisclosureTask.Publish, "check-1", new DateOnly(2026, 5, 1), Overdue: true)], null));
    }

    public Task<WorkPage<DeadlineItem>> DeadlinesAsync(DeadlineFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken)
    {
        DeadlineFilter = filter;
        var rest = Deadlines.Where(item => after is null || item.Deadline.DueOn > after.DueOn).ToArray();
        return Task.FromResult(new WorkPage<DeadlineItem>(
            [.. rest.Take(limit)], rest.Length > limit ? new WorkPlace(rest[limit - 1].Deadline.DueOn, rest[limit - 1].Entity, rest[limit - 1].Deadline.Id) : null));
    }
}

/// <summary>Stores what it is brought under a hash that its text says, and has the documents that the test puts in.</summary>
internal sealed class StandInDocuments : IDocuments
{
    public const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    public List<(DocumentUpload Upload, string Content)> Brought { get; } = [];

    public DocumentReceipt Receipt { get; set; } = new(new StoredDocument(Hash, "application/pdf", 3), IsNew: true);

    public Dictionary<GrainId, EntityDocuments> Named { get; } = [];

    public HashSet<string> Unknown { get; } = [];

    public Exception? Failure { get; set; }

    public async Task<DocumentReceipt> StoreAsync(DocumentUpload upload, Stream content, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(content);
        Brought.Add((upload, await reader.ReadToEndAsync(cancellationToken)));
        return Receipt;
    }

    public Task<IReadOnlyList<string>> UnknownToAsync(IReadOnlyList<string> documents, Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. documents.Where(Unknown.Contains)]);

    public Task<EntityDocuments?> OfAsync(GrainId entity, CancellationToken cancellationToken) => Task.FromResult(Named.GetValueOrDefault(entity));

    public Task<Stream> OpenAsync(string sha256, CancellationToken cancellationToken) =>
        Failure is { } failure ? throw failure : Task.FromResult<Stream>(new MemoryStream("pdf"u8.ToArray()));
}

/// <summary>One item, and one visit of every enterprise.</summary>
internal sealed class StandInInspections : IInspections
{
    public IReadOnlyList<CheckItemView> Items { get; } =
        [new("meters", "miit-2016", null, null, "计量器具", null, "五(五)", null, null, null, null, null, RemoteFirst: false, Default: true)];

    public Task<InspectionFrequency?> FrequencyAsync(GrainId enterprise, CancellationToken cancellationToken) => Task.FromResult<InspectionFrequency?>(
        enterprise.Kind == GrainKind.Enterprise ? new InspectionFrequency(enterprise, 2026, 1, [new CapView("miit-2016", 1, 4, "国办发〔2024〕54号")]) : null);
}

/// <summary>Nothing stands against anything.</summary>
internal sealed class StandInEligibility : IEligibility
{
    public Task<EligibilityView?> FindAsync(GrainId entity, string policy, VetoMoment moment) => policy == "none"
        ? throw new KeyNotFoundException("'none' is not the id of a policy.")
        : Task.FromResult<EligibilityView?>(new EligibilityView(entity, entity, policy, moment, new DateOnly(2026, 5, 1), Eligible: true, [], []));
}

/// <summary>Reads files to their end and keeps what was asked.</summary>
internal sealed class StandInImports : IImports
{
    private readonly ConcurrentDictionary<Guid, ImportView> _jobs = [];

    private readonly ConcurrentDictionary<Guid, string> _contents = [];

    public string? Content { get; private set; }

    public Exception? Failure { get; set; }

    public List<ImportError> Errors { get; } = [];

    public async Task<ImportReceipt> StartAsync(ImportRequest request, Stream content, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(content);
        Content = await reader.ReadToEndAsync(cancellationToken);
        if (Failure is { } failure)
            throw failure;
        var job = _jobs.GetOrAdd(request.Id, id => new ImportView(
            id, request.Format, request.Policy, request.DryRun, ImportStatus.Received, 0, 0, 0, 0, null, Entities.Now, null));
        return new ImportReceipt(job, (job.Format, job.Policy, job.DryRun) == (request.Format, request.Policy, request.DryRun) && _contents.GetOrAdd(request.Id, Content) == Content);
    }

    public Task<ImportView?> FindAsync(Guid id, CancellationToken cancellationToken) => Task.FromResult(_jobs.GetValueOrDefault(id));

    public async Task WriteRejectedAsync(Guid id, Stream to, CancellationToken cancellationToken) =>
        await to.WriteAsync("name,error_code\r\n"u8.ToArray(), cancellationToken);

    public Task<Page<ImportError>> ErrorsAsync(Guid id, ImportPlace after, int limit, CancellationToken cancellationToken)
    {
        var rest = Errors.Where(error => error.Row > after.Row || (error.Row == after.Row && error.Place > after.Place)).ToArray();
        return Task.FromResult(new Page<ImportError>([.. rest.Take(limit)], rest.Length > limit));
    }
}

/// <summary>Writes what it was asked for.</summary>
internal sealed class StandInExports : IExports
{
    public Task WriteCsvAsync(IRegister register, EntityFilter filter, Stream to, CancellationToken cancellationToken) => WriteAsync("csv", filter, to, cancellationToken);

    public Task WriteNdjsonAsync(IRegister register, EntityFilter filter, Stream to, CancellationToken cancellationToken) => WriteAsync("ndjson", filter, to, cancellationToken);

    private static async Task WriteAsync(string format, EntityFilter filter, Stream to, CancellationToken cancellationToken) =>
        await to.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"{format} {filter.Kind} {filter.Region}"), cancellationToken);
}

/// <summary>A cluster of one silo.</summary>
internal sealed class StandInClusterStatistics : IClusterStatistics
{
    public Task<IReadOnlyList<ClusterStatisticsRow>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ClusterStatisticsRow>>(
        [new ClusterStatisticsRow("10.0.0.11:11111", "factory", Entities.Now, Entities.Now, Accepted: 3, Rejected: 1, Stale: 0, Unavailable: 0, PassedOn: 2, Unanswered: 0)]);
}

/// <summary>A clock that moves at once.</summary>
internal sealed class StandInClock : TimeProvider, IManualClock
{
    public DateTimeOffset Now { get; private set; } = Entities.Now;

    public override DateTimeOffset GetUtcNow() => Now;

    public Task<DateTimeOffset> MoveToAsync(DateTimeOffset to, CancellationToken cancellationToken) => Task.FromResult(Now = to);
}

/// <summary>Answers with one title a page, two pages in all.</summary>
internal sealed class StandInTransfers : ITitleTransfers
{
    public ConcurrentQueue<(TransferRequest Request, GrainId? After, int Limit)> Asked { get; } = [];

    public Rejection? Refuse(TransferRequest request) => request.From == "miit-1999" ? new Rejection.UnknownPolicy(request.From, "from") : null;

    public Task<TransferPage> RunAsync(TransferRequest request, GrainId? after, int limit, CancellationToken cancellationToken)
    {
        Asked.Enqueue((request, after, limit));
        var outcome = after is null
            ? new TransferOutcome(Entities.Factory, "北京第一工厂", "green-factory", Level.National, TransferStatus.Transferred, null, null, null)
            : new TransferOutcome(
                GrainId.Of(GrainKind.Factory, "N-1-F-0002"), "北京第二工厂", "green-factory", Level.National, TransferStatus.Rejected, "out-of-scope", "十七", "Elsewhere.")
            { IsDenied = true };
        return Task.FromResult(new TransferPage([outcome], after is null ? outcome.Entity : null));
    }
}
