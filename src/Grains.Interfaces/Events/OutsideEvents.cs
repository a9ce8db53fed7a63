using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Supervision;

/// <summary>
/// What those who do not supervise may know of a single event; histories and the feed go by it alike. Which entities are withheld
/// as a whole is the register's to say.
/// </summary>
public static partial class OutsideEvents
{
    // What the holder says against an inspector or a result is between it and the authority.
    private static readonly FrozenSet<string> Disputes = FrozenSet.ToFrozenSet(["objection.decided", "objection.raised", "recusal.asked", "recusal.decided", "visit-recusal.asked", "visit-recusal.decided"]);

    // What is only proposed is between authorities.
    private static readonly FrozenSet<string> Proposals = FrozenSet.ToFrozenSet(
        ["adjustment.accepted", "adjustment.dismissed", "adjustment.proposed", "adjustment.withdrawn", "successor.dismissed", "successor.proposed"]);

    private static readonly FrozenSet<string> DrawsOutside = FrozenSet.ToFrozenSet(["draw.announced", "draw.approved", "draw.opened"]);

    // Each names a check in its member 'check'; that of an absorbed one is the check itself.
    private static readonly FrozenSet<string> ChecksUnannounced = FrozenSet.ToFrozenSet(
    [
        "approval.overdue", "check.approved", "check.ordered", "check.overdue", "entity.absorbed", "inspectors.assigned", "recusal.asked", "recusal.decided",
        "record.signed",
    ]);

    // The same of visits and 'visit'.
    private static readonly FrozenSet<string> VisitsUnannounced = FrozenSet.ToFrozenSet(
    [
        "energy-visit.ordered", "entity.absorbed", "visit-recusal.asked", "visit-recusal.decided", "visit.assigned", "visit.joined", "visit.planned", "visit.recorded",
    ]);

    // The same of inspections and 'inspection'.
    private static readonly FrozenSet<string> InspectionsUnannounced = FrozenSet.ToFrozenSet(["energy-inspection.overdue", "energy-record.signed"]);

    private static readonly string[] PlannedChecks = ["checks"];

    private static readonly string[] Served = ["notice", "told"];

    // What was moved stands in it, of checks and inspections among others.
    private const string Moved = "deadlines.moved";

    // Which checks are made on a visit is told by the notice of each; that another one is to come would warn of it.
    private const string Joined = "visit.joined";

    private static readonly FrozenSet<string> Announcing = FrozenSet.ToFrozenSet(
    [
        "check.cancelled", "check.failed", "check.missed", "check.notified", "check.passed", "check.refused", "check.remedied", "result.recorded", "visit.called-off",
        "visit.entered", "visit.exited", "visit.made", "visit.notified",
    ]);

    /// <summary>Events by which a holder comes to know of a check or a visit.</summary>
    public static IReadOnlyCollection<string> AnnouncingTypes => Announcing.Items;

    /// <summary>Whether events of a name are told to anyone outside.</summary>
    /// <param name="grain">What the event is about.</param>
    /// <param name="type">The name.</param>
    public static bool IsTold(GrainId grain, string type) =>
        // That an entity is restricted is what the restriction withholds.
        grain.Kind.IsSubject ? !Disputes.Contains(type) && !Proposals.Contains(type) && type is not ("entity.restricted" or Joined)
        : grain.Kind == GrainKind.Draw ? DrawsOutside.Contains(type)
        : grain.Kind != GrainKind.Inspector;

    /// <summary>Whether an event is between the holder and the authority: it is shown to that holder and to nobody else outside.</summary>
    public static bool IsDispute(string type) => Disputes.Contains(type);

    /// <summary>Whether events of a name may tell of a check or a visit before the holder is told.</summary>
    public static bool MayWarn(string type) =>
        ChecksUnannounced.Contains(type) || VisitsUnannounced.Contains(type) || InspectionsUnannounced.Contains(type) || type == Moved;

    /// <summary>Whether an event tells of something that the holder has not been told of.</summary>
    /// <param name="type">The name of the event.</param>
    /// <param name="data">Its data.</param>
    /// <param name="untold">What the holder has not been told of.</param>
    public static bool TellsOf(string type, string data, Untold untold)
    {
        ArgumentNullException.ThrowIfNull(untold);
        if (untold.IsEmpty || !MayWarn(type))
            return false;
        using var document = JsonDocument.Parse(data);
        var root = document.RootElement;
        return (ChecksUnannounced.Contains(type) && Names(root, "check", untold.Checks))
            || (VisitsUnannounced.Contains(type) && Names(root, "visit", untold.Visits))
            || (InspectionsUnannounced.Contains(type) && Names(root, "inspection", untold.Inspections))
            || (type == Moved && root.TryGetProperty("moved", out var moved)
                && moved.EnumerateArray().Any(deadline => Names(deadline, "id", untold.Checks) || Names(deadline, "id", untold.Inspections)));
    }

    /// <summary>The identities of other grains that the data of an event names.</summary>
    public static IReadOnlySet<GrainId> GrainsIn(string data, GrainId of)
    {
        ArgumentNullException.ThrowIfNull(data);
        var grains = new HashSet<GrainId>();
        // Most data names none, and the expression is much slower than looking for what every identity has.
        if (!data.Contains('/', StringComparison.Ordinal))
            return grains;
        foreach (Match match in Identity().Matches(data))
        {
            if (GrainId.TryParse(match.Groups["id"].Value, out var grain) && grain != of)
                grains.Add(grain);
        }

        return grains;
    }

    /// <summary>
    /// The data of an event as it is told outside: without the checks for which a visit was planned, which their own notices tell of; and, but to the receiver,
    /// without the document that was served.
    /// </summary>
    /// <param name="type">The name of the event.</param>
    /// <param name="data">Its data.</param>
    /// <param name="toReceiver">Whether it is told to who is served what concerns the entity.</param>
    public static string DataOf(string type, string data, bool toReceiver)
    {
        ArgumentNullException.ThrowIfNull(data);
        string[] kept = [.. type == "visit.planned" ? PlannedChecks : [], .. toReceiver ? [] : Served];
        // Most data has none of them.
        if (!kept.Any(member => data.Contains($"\"{member}\":", StringComparison.Ordinal)))
            return data;
        using var document = JsonDocument.Parse(data);
        if (!kept.Any(member => document.RootElement.TryGetProperty(member, out _)))
            return data;
        // What documents there are belongs to what was served.
        if (!toReceiver)
            kept = [.. kept, "documents"];
        using var written = new MemoryStream();
        using (var writer = new Utf8JsonWriter(written, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            foreach (var member in document.RootElement.EnumerateObject().Where(member => !kept.Contains(member.Name)))
                member.WriteTo(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(written.ToArray());
    }

    private static bool Names(JsonElement data, string member, IReadOnlySet<string> ids) => IdIn(data, member) is { } id && ids.Contains(id);

    private static string? IdIn(JsonElement data, string member) => !data.TryGetProperty(member, out var value) ? null
        : value.ValueKind == JsonValueKind.Object && value.TryGetProperty("id", out var id) ? id.GetString()
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : null;

    [GeneratedRegex("\"(?<id>[a-z-]+/[^\"\\\\]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Identity();
}
