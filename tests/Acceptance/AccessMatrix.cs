namespace Supervision.Acceptance;

/// <summary>Who may use which operation. An operation that is missing here fails the test: somebody has to decide.</summary>
internal static class AccessMatrix
{
    public const string Entity = "factory/X-1";

    private const string Register = "admin officer inspector integrator auditor certification-body evaluator";

    private const string Everyone = Register + " enterprise";

    private const string Of = "/api/entities/{kind}/{key}";

    private static readonly Dictionary<string, AccessRow> OnEveryHost = new()
    {
        ["GET /api/entities"] = new(Everyone),
        [$"GET {Of}"] = new(Everyone),
        [$"GET {Of}/history"] = new(Everyone),
        [$"GET {Of}/checks/{{id}}"] = new(Everyone),
        [$"GET {Of}/cases/{{id}}"] = new(Everyone),
        [$"PUT {Of}"] = Write("""{"name":"甲","region":"430000"}"""),
        [$"POST {Of}/titles"] = Write("""{"policy":"miit-2016","level":"national","grantedOn":"2017-08-23"}"""),
        [$"POST {Of}/titles/transfers"] = Write("""{"from":"miit-2016","to":"miit-2024","on":"2026-05-01"}"""),
        // A filter finds titles everywhere; each one of another region or authority is refused by itself.
        ["POST /api/titles/transfers"] = new("officer", """{"from":"miit-2016","to":"miit-2024","on":"2026-05-01","dryRun":true}"""),
        ["GET /api/holds"] = new("admin officer auditor"),
        ["GET /api/holds/{id}"] = new("admin officer auditor"),
        ["POST /api/holds/{id}/release"] = new("officer", "{}", Privileged: true),
        ["POST /api/holds/{id}/refusal"] = new("officer", """{"reason":"x"}""", Privileged: true),
        [$"POST {Of}/renames"] = Write("""{"name":"乙","on":"2026-05-01"}""") with { Roles = "officer enterprise" },
        [$"POST {Of}/aliases"] = Write("""{"name":"丙","source":"x"}"""),
        [$"POST {Of}/restriction"] = Write("""{"reason":"x"}"""),
        [$"POST {Of}/restriction/end"] = Write("""{"reason":"x"}"""),
        [$"POST {Of}/merges"] = Write("""{"into":"factory/X-2","source":"x"}"""),
        [$"POST {Of}/corrections"] = Write("""{"corrects":1,"reason":"x","grant":{"certificate":"C"}}"""),
        [$"POST {Of}/reinstatements"] = Write("""{"policy":"miit-2016","level":"national","case":"case-1","reason":"x"}"""),
        [$"POST {Of}/checks"] = Write("""{"policy":"miit-2016","basis":"directed","reason":"complaint","dueBy":"2026-12-31"}"""),
        [$"POST {Of}/checks/{{id}}/approval"] = Write(null),
        [$"POST {Of}/checks/{{id}}/notice"] = Write("""{"on":"2026-05-01","method":"post"}"""),
        [$"POST {Of}/checks/{{id}}/result"] =
            Write("""{"outcome":"clean","on":"2026-05-01","inspectors":["I-1","I-2"]}""") with { Roles = "officer inspector" },
        [$"POST {Of}/checks/{{id}}/confirmation"] = Write(null),
        [$"POST {Of}/checks/{{id}}/cancellation"] = Write("""{"reason":"x"}"""),
        [$"POST {Of}/checks/{{id}}/inspectors"] = Write("""{"inspectors":["I-1","I-2"],"reason":"x"}"""),
        [$"POST {Of}/checks/{{id}}/recusals"] = Write("""{"inspector":"I-1","reason":"x"}""") with { Roles = "officer enterprise" },
        [$"POST {Of}/checks/{{id}}/recusals/decision"] = Write("""{"inspector":"I-1","accepted":false,"reason":"x"}"""),
        [$"POST {Of}/checks/{{id}}/entry"] = Write("""{"inspector":"I-1"}""") with { Roles = "officer inspector" },
        [$"POST {Of}/checks/{{id}}/exit"] = Write("{}") with { Roles = "officer inspector" },
        [$"POST {Of}/checks/{{id}}/record"] = Write("""{"on":"2026-05-01","holderSigned":true}""") with { Roles = "officer inspector" },
        [$"POST {Of}/checks/{{id}}/result/service"] = Write("""{"on":"2026-05-01","method":"post"}"""),
        [$"POST {Of}/checks/{{id}}/objection"] = Write("""{"text":"x"}""") with { Roles = "officer enterprise" },
        [$"POST {Of}/checks/{{id}}/objection/decision"] = Write("""{"upheld":false,"reason":"x"}"""),
        [$"POST {Of}/visits"] = Write("""{"department":"x","basis":"random","on":"2026-05-01"}"""),
        [$"GET {Of}/visits/{{id}}"] = new(Everyone),
        [$"POST {Of}/visits/{{id}}/entry"] = Write("""{"inspector":"I-1"}""") with { Roles = "officer inspector" },
        [$"POST {Of}/visits/{{id}}/exit"] = Write("{}") with { Roles = "officer inspector" },
        [$"POST {Of}/visits/{{id}}/recusals"] = Write("""{"inspector":"I-1","reason":"x"}""") with { Roles = "officer enterprise" },
        [$"POST {Of}/visits/{{id}}/recusals/decision"] = Write("""{"inspector":"I-1","accepted":false,"reason":"x"}"""),
        [$"POST {Of}/visits/{{id}}/completion"] = Write("""{"on":"2026-05-01"}"""),
        [$"POST {Of}/visits/{{id}}/cancellation"] = Write("""{"reason":"x"}"""),
        ["GET /api/verify/{kind}/{key}/visits"] = AccessRow.Public,
        ["GET /api/check-items"] = AccessRow.Public,
        [$"POST {Of}/cases"] = Write("""{"policy":"miit-2016","ground":"false-declaration"}"""),
        [$"POST {Of}/cases/{{id}}/service"] = Write("""{"on":"2026-05-01","method":"post"}"""),
        [$"POST {Of}/cases/{{id}}/statement"] = Write("""{"text":"x"}""") with { Roles = "officer enterprise" },
        [$"POST {Of}/cases/{{id}}/decision"] = Write("""{"outcome":"dismiss","reason":"x"}"""),
        [$"POST {Of}/adjustments/{{id}}/decision"] = Write("""{"outcome":"dismiss","reason":"x"}"""),
        ["GET /api/adjustments"] = new("admin officer auditor"),
        ["GET /api/successors"] = new("admin officer auditor"),
        [$"POST {Of}/rectifications/{{id}}/completion"] = Write("""{"on":"2026-05-01","evidence":"x"}"""),
        ["POST /api/documents"] = new("officer inspector enterprise certification-body evaluator", "evidence"),
        [$"GET {Of}/documents"] = new("admin officer inspector auditor enterprise"),
        [$"GET {Of}/documents/{{id}}"] = new("admin officer inspector auditor enterprise", Privileged: true),
        [$"POST {Of}/energy-inspections"] = Write("""{"year":2026,"policy":"miit-2016","reason":"x"}"""),
        [$"GET {Of}/energy-inspections/{{id}}"] = new(Everyone),
        [$"POST {Of}/energy-inspections/{{id}}/listing"] = Write("""{"year":2026,"reason":"x"}"""),
        [$"POST {Of}/energy-inspections/{{id}}/delisting"] = Write("""{"reason":"x"}"""),
        [$"POST {Of}/energy-inspections/{{id}}/assignment"] = Write("""{"inspectors":["I-1","I-2"],"reason":"x"}"""),
        [$"POST {Of}/energy-inspections/{{id}}/notice"] = Write("""{"on":"2026-05-01","channel":"post","plannedOn":"2026-05-20","method":"written"}"""),
        [$"POST {Of}/energy-inspections/{{id}}/result"] = Write("""{"outcome":"compliant","on":"2026-05-01","method":"written","inspectors":["I-1","I-2"]}"""),
        [$"POST {Of}/energy-inspections/{{id}}/record"] = Write("""{"on":"2026-05-01","holderSigned":true}""") with { Roles = "officer inspector" },
        [$"POST {Of}/energy-inspections/{{id}}/opinion"] = Write("""{"on":"2026-05-01","text":"x"}"""),
        [$"POST {Of}/energy-inspections/{{id}}/rectification"] = Write("""{"on":"2026-05-01","number":"N-1"}"""),
        [$"POST {Of}/energy-inspections/{{id}}/extension"] = Write("""{"requestedOn":"2026-05-01","reason":"x"}"""),
        [$"POST {Of}/energy-inspections/{{id}}/report"] = Write("""{"on":"2026-05-01","evidence":"x"}"""),
        [$"POST {Of}/energy-inspections/{{id}}/recheck"] = Write("""{"on":"2026-05-01","rectified":true,"inspectors":["I-1","I-2"]}"""),
        [$"POST {Of}/vetoes"] = Write("""{"kind":"tax-evasion","on":"2026-05-01","source":"x"}"""),
        [$"POST {Of}/vetoes/{{id}}/confirmation"] = Write(null),
        [$"POST {Of}/vetoes/{{id}}/rejection"] = Write("""{"reason":"x"}"""),
        [$"POST {Of}/vetoes/{{id}}/end"] = Write("""{"on":"2026-05-01","reason":"x"}"""),
        [$"POST {Of}/incidents"] = Write("""{"kind":"safety","on":"2026-05-01","report":"x"}""") with { Roles = "officer inspector" },
        [$"POST {Of}/incidents/{{id}}/determination"] =
            Write("""{"on":"2026-05-01","department":"x","document":"x","responsibleUnit":"x","level":"major"}"""),
        [$"POST {Of}/incidents/{{id}}/determination/correction"] = Write("""{"reason":"x","level":"general"}"""),
        [$"POST {Of}/incidents/{{id}}/dismissal"] = Write("""{"reason":"x"}"""),
        [$"GET {Of}/eligibility"] = new("officer inspector auditor", Query: "?policy=miit-2024"),
        [$"POST {Of}/cases/{{id}}/decision/service"] = Write("""{"on":"2026-05-01","method":"post"}"""),
        [$"POST {Of}/checks/{{id}}/publication"] = Write("""{"on":"2026-05-01","place":"x"}"""),
        [$"POST {Of}/checks/{{id}}/publication/withdrawal"] = Write("""{"on":"2026-05-01","reason":"x"}"""),
        [$"POST {Of}/cases/{{id}}/publication"] = Write("""{"on":"2026-05-01","place":"x"}"""),
        [$"POST {Of}/cases/{{id}}/publication/withdrawal"] = Write("""{"on":"2026-05-01","reason":"x"}"""),
        [$"GET {Of}/notices"] = new("officer inspector auditor enterprise"),
        ["GET /api/notices"] = new("enterprise"),
        ["GET /api/disclosures"] = new("officer inspector auditor"),
        ["GET /api/energy-inspections"] = new("officer inspector auditor"),
        ["GET /api/vetoes"] = new("officer inspector auditor"),
        ["GET /api/incidents"] = new("officer inspector auditor"),
        [$"POST {Of}/reports"] = Write("""{"policy":"miit-2024","year":2025,"score":90}""") with { Roles = "officer enterprise" },
        [$"GET {Of}/reports/{{id}}"] = new(Everyone),
        [$"POST {Of}/reports/{{id}}/return"] = Write("""{"reason":"x"}"""),
        [$"POST {Of}/reports/{{id}}/acceptance"] = Write("{}"),
        [$"POST {Of}/reports/{{id}}/demand"] = Write("""{"on":"2026-05-01","method":"post"}"""),
        [$"POST {Of}/reevaluations"] = Write("""{"policy":"hunan-product","outcome":"passed","on":"2026-05-01","reason":"x"}"""),
        [$"POST {Of}/reevaluations/announcements"] = Write("""{"policy":"hunan-product","on":"2026-05-01","method":"post"}"""),
        [$"POST {Of}/reevaluations/triggers"] = Write("""{"policy":"hunan-product","change":"relocation","on":"2026-05-01"}"""),
        [$"GET {Of}/reevaluations/{{id}}"] = new(Everyone),
        [$"POST {Of}/reevaluations/{{id}}/report"] = Write("""{"on":"2026-05-01","evidence":"x"}"""),
        [$"POST {Of}/good-practices"] = Write("""{"policy":"miit-2016","text":"x"}""") with { Roles = "officer enterprise" },
        [$"POST {Of}/good-practices/{{id}}/approval"] = Write(null),
        [$"POST {Of}/good-practices/{{id}}/refusal"] = Write("""{"reason":"x"}"""),
        [$"POST {Of}/changes"] = Write("""{"kind":"restructuring","completedOn":"2026-05-01","description":"x"}""") with { Roles = "officer enterprise" },
        [$"POST {Of}/changes/notes"] = Write("""{"kind":"restructuring","completedOn":"2026-05-01","source":"x"}"""),
        [$"GET {Of}/changes/{{id}}"] = new(Everyone),
        [$"POST {Of}/changes/{{id}}/verification"] = Write("""{"on":"2026-05-01","confirmed":true}"""),
        [$"POST {Of}/changes/{{id}}/decision"] = Write("""{"outcome":"accepted","reason":"x"}"""),
        [$"POST {Of}/changes/{{id}}/successions"] = Write("""{"policy":"miit-2024","outcome":"ends","reason":"x"}"""),
        ["GET /api/changes"] = new("officer inspector auditor"),
        [$"POST {Of}/certificates/surveillances"] = Certificate("""{"policy":"huzhou-product","on":"2026-05-01","outcome":"passed","report":"x"}"""),
        [$"POST {Of}/certificates/suspensions"] = Certificate("""{"policy":"huzhou-product","trigger":"misused-certificate","on":"2026-05-01","reason":"x"}"""),
        [$"POST {Of}/certificates/restorations"] = Certificate("""{"policy":"huzhou-product","on":"2026-05-01","evidence":"x"}"""),
        [$"POST {Of}/certificates/revocations"] = Certificate("""{"policy":"huzhou-product","trigger":"serious-defect","on":"2026-05-01","reason":"x"}"""),
        [$"POST {Of}/certificates/cancellations"] = Certificate("""{"policy":"huzhou-product","trigger":"no-longer-produced","on":"2026-05-01","reason":"x"}"""),
        [$"POST {Of}/certificates/publications"] = Certificate("""{"policy":"huzhou-product","on":"2026-05-01","place":"x"}"""),
        [$"POST {Of}/certificates/renewal-applications"] =
            Certificate("""{"policy":"huzhou-product","on":"2026-05-01"}""") with { Roles = "officer enterprise certification-body" },
        [$"POST {Of}/certificates/renewals"] = Certificate("""{"policy":"huzhou-product","on":"2026-05-01"}"""),
        [$"POST {Of}/certificates/renewal-refusals"] = Certificate("""{"policy":"huzhou-product","on":"2026-05-01","reason":"x"}"""),
        ["GET /api/certificates"] = new("officer inspector auditor certification-body"),
        [$"POST {Of}/withdrawals"] = Write("""{"policy":"miit-2016","on":"2026-05-01","letter":"x"}""") with { Roles = "officer enterprise" },
        [$"POST {Of}/successors"] = Write("""{"successor":"enterprise/u-0123456789abcdef","change":"merger","on":"2026-05-01","document":"x"}"""),
        [$"POST {Of}/successors/proposals/{{id}}/dismissal"] = Write("""{"reason":"x"}"""),
        [$"POST {Of}/successors/retractions"] = Write("""{"successor":"enterprise/u-0123456789abcdef","reason":"x"}"""),
        ["GET /api/inspectors"] = new("admin officer auditor"),
        ["GET /api/inspectors/{id}"] = new("admin officer auditor"),
        // Bound to the regions of the inspector, not of an entity; these are the other officer's.
        ["POST /api/inspectors"] = new("officer", """{"id":"I-1","name":"甲","regions":["440000"],"certificateValidUntil":"2030-12-31"}"""),
        ["PUT /api/inspectors/{id}"] = new("officer", """{"name":"甲","regions":["440000"],"certificateValidUntil":"2030-12-31"}"""),
        ["POST /api/inspectors/{id}/retirement"] = new("officer", """{"reason":"x"}"""),
        ["POST /api/inspectors/{id}/conflicts"] = new("officer", """{"enterprise":"u-0123456789abcdef","reason":"x"}"""),
        ["POST /api/inspectors/{id}/conflicts/{conflict}/end"] = new("officer", """{"reason":"x"}"""),
        ["GET /api/draws"] = AccessRow.Public,
        ["GET /api/draws/{id}"] = AccessRow.Public,
        ["GET /api/draws/{id}/record"] = AccessRow.Public,
        // Bound to the region of the draw, not of an entity; this is the other officer's.
        ["POST /api/draws"] = new("officer", """{"policy":"hunan-2017","scope":{"level":"provincial","region":"440000"},"notBefore":"2036-05-01T00:00:00Z"}"""),
        ["POST /api/draws/{id}/approval"] = new("officer", null),
        ["POST /api/draws/{id}/execution"] = new("officer", """{"publicValues":["x"]}"""),
        // Bound to the region of the downtime; this is the other officer's.
        ["POST /api/downtimes"] = new("officer", """{"from":"2036-05-01","to":"2036-05-02","region":"440000","reason":"x"}"""),
        ["POST /api/downtimes/{id}/confirmation"] = new("officer", null),
        ["GET /api/downtimes"] = new("admin officer auditor"),
        ["GET /api/downtimes/{id}"] = new("admin officer auditor"),
        ["GET /api/downtimes/{id}/passed"] = new("admin officer auditor"),
        ["GET /api/inspection-tasks"] = new("admin officer auditor"),
        ["GET /api/checks"] = new("officer inspector auditor"),
        ["GET /api/cases"] = new("officer inspector auditor"),
        ["GET /api/deadlines"] = new("officer inspector auditor enterprise"),
        ["GET /api/deadlines.ics"] = new("officer inspector auditor enterprise"),
        ["GET /api/candidates"] = new(Register, Query: "?name=%E7%94%B2"),
        ["GET /api/statistics"] = new(Register),
        ["GET /api/statistics/draws"] = new("admin officer auditor"),
        ["GET /api/statistics/supervision"] = new("admin officer auditor"),
        ["GET /api/exports/entities.csv"] = new(Register, Privileged: true),
        ["GET /api/exports/entities.ndjson"] = new(Register, Privileged: true),
        ["GET /api/events"] = new(Register),
        // Without a fault of its own the request would not end.
        ["GET /api/events/stream"] = new(Register) { Query = "?after=x" },
        ["GET /api/status-list"] = AccessRow.Public,
        ["GET /api/status-list/credential"] = AccessRow.Public,
        ["GET /api/status-list/keys"] = AccessRow.Public,
        ["GET /api/verify"] = AccessRow.Public with { Query = "?q=x" },
        ["GET /api/verify/{kind}/{key}"] = AccessRow.Public,
        ["POST /api/verify"] = AccessRow.Public with { Body = """{"questions":["甲"]}""" },
        ["POST /api/imports"] = new("admin officer", Privileged: true),
        ["GET /api/imports/{id}"] = new("admin officer auditor"),
        ["GET /api/imports/{id}/rejected.csv"] = new("admin officer auditor"),
        ["GET /api/imports/{id}/errors"] = new("admin officer auditor"),
        ["POST /api/keys"] = new("admin", """{"name":"made","person":"made","role":"integrator"}""", Privileged: true),
        ["GET /api/jobs"] = new("admin auditor"),
        ["GET /api/jobs/{id}/runs"] = new("admin auditor"),
        ["POST /api/jobs/{id}/run"] = new("admin", Privileged: true),
        ["GET /api/reminders"] = new("officer inspector auditor enterprise"),
        ["GET /api/keys"] = new("admin auditor"),
        ["DELETE /api/keys/{id}"] = new("admin", Privileged: true),
        ["POST /api/subscriptions"] = new(Subscribers, """{"url":"https://receiver.example.com/hook"}""", Privileged: true),
        ["GET /api/subscriptions"] = new(Subscribers),
        ["GET /api/subscriptions/{id}"] = new(Subscribers),
        ["PUT /api/subscriptions/{id}"] = new(Subscribers, """{"url":"https://receiver.example.com/hook"}""", Privileged: true),
        ["DELETE /api/subscriptions/{id}"] = new(Subscribers, Privileged: true),
        ["POST /api/subscriptions/{id}/confirmation"] = new(Subscribers),
        ["POST /api/subscriptions/{id}/pause"] = new(Subscribers),
        ["POST /api/subscriptions/{id}/resumption"] = new(Subscribers),
        ["POST /api/subscriptions/{id}/secret/rotation"] = new(Subscribers, Privileged: true),
        ["POST /api/subscriptions/{id}/test"] = new(Subscribers),
        ["POST /api/subscriptions/{id}/replay"] = new(Subscribers, Query: "?after=0"),
        ["GET /api/subscriptions/{id}/deliveries"] = new(Subscribers),
        ["GET /api/subscriptions/{id}/notices"] = new(Subscribers),
        ["POST /api/deliveries/{id}/redelivery"] = new(Subscribers),
        ["GET /api/clock"] = new("admin auditor"),
        ["POST /api/clock"] = new("admin", """{"now":"2026-05-01T01:00:00Z"}""", Privileged: true),
        ["GET /api/audit"] = new("admin auditor"),
        ["GET /log/checkpoint"] = AccessRow.Public,
        ["GET /log/key"] = AccessRow.Public,
        ["GET /log/tile/{level}/{index}"] = AccessRow.Public,
        ["GET /log/proof"] = AccessRow.Public with { Query = "?seq=1" },
        ["GET /log/consistency"] = AccessRow.Public with { Query = "?from=0" },
    };

    public static IReadOnlyDictionary<string, AccessRow> Rows { get; } = SiloProcess.IsOnOrleans
        ? new Dictionary<string, AccessRow>(OnEveryHost) { ["GET /api/statistics/cluster"] = new("admin auditor") }
        : OnEveryHost;

    private const string Subscribers = "admin integrator";

    private static AccessRow Certificate(string body) => Write(body) with { Roles = "officer certification-body" };

    /// <summary>A write to an entity: for officers, of its region only.</summary>
    private static AccessRow Write(string? body) => new("officer", body, BoundToRegion: true);
}

/// <summary>Who may use an operation, and a request of it that nothing but a right stands in the way of.</summary>
/// <param name="Roles">The roles; empty: anyone, without a key.</param>
/// <param name="Body">The body.</param>
/// <param name="Query">The query.</param>
/// <param name="BoundToRegion">Whether an officer of another region is refused.</param>
/// <param name="Privileged">Whether it is recorded in the audit trail when it is done.</param>
internal sealed record AccessRow(string Roles, string? Body = null, string Query = "", bool BoundToRegion = false, bool Privileged = false)
{
    public static AccessRow Public { get; } = new("");

    public bool IsPublic => Roles.Length == 0;

    public IReadOnlyList<string> RoleWords => Roles.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
