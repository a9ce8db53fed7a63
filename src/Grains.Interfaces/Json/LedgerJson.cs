using System.Buffers;
using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Supervision;

/// <summary>
/// How events and states are stored: members in the order of declaration, camelCase, no white space, absent members left
/// out. The stored text of an event is what is hashed, so its form is part of the ledger's contract.
/// </summary>
public static class LedgerJson
{
    // A buffer that has grown beyond this is not kept for the next text of its thread.
    private const int BufferBytesMax = 1 << 18;

    private static readonly LedgerJsonContext Context = LedgerJsonContext.Default;

    // Chinese text stays readable; the ledger is never embedded in HTML unescaped. Said to the writer and not to the context, which with an
    // encoder of its own would not use the code that is generated for writing.
    private static readonly JsonWriterOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly JsonTypeInfo<GrainState> States =
        (JsonTypeInfo<GrainState>)new JsonSerializerOptions(Context.Options) { Converters = { new SharedText() } }.GetTypeInfo(typeof(GrainState));

    private static readonly FrozenDictionary<Type, JsonTypeInfo> EventTypes = typeof(GrainEvent).GetNestedTypes()
        .Where(type => type.IsSubclassOf(typeof(GrainEvent)))
        .ToFrozenDictionary(type => type, type => Context.GetTypeInfo(type)!);

    private static readonly FrozenDictionary<string, JsonTypeInfo> EventsByName = Names()
        .ToFrozenDictionary(pair => pair.Name, pair => Context.GetTypeInfo(pair.Type)!);

    // A state begins with its word. Written as what it is, and not as any state, it is left to the generated code.
    private static readonly FrozenDictionary<Type, (byte[] Beginning, JsonTypeInfo Form)> StateTypes = typeof(GrainState).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(
            word => word.DerivedType, word => (Encoding.UTF8.GetBytes($"{{\"of\":\"{word.TypeDiscriminator}\""), Context.GetTypeInfo(word.DerivedType)!));

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    /// <summary>The stored name of every event with its type; the five names of concluded checks share one.</summary>
    public static IReadOnlyList<string> EventNames { get; } = [.. EventsByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The stored text of an event, in UTF-8, without its name and effective date, which are stored beside it.</summary>
    public static byte[] Write(GrainEvent @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        return Write([], @event, EventTypes[@event.GetType()]);
    }

    /// <summary>Reads a stored event.</summary>
    /// <exception cref="JsonException">The name is unknown or the text is not an event of that name.</exception>
    public static GrainEvent ReadEvent(string type, string data, DateOnly effectiveOn)
    {
        if (!EventsByName.TryGetValue(type, out var info))
            throw new JsonException($"'{type}' is not the name of an event.");
        var @event = (GrainEvent?)JsonSerializer.Deserialize(data, info) ?? throw new JsonException($"An event '{type}' is null.");
        return @event with { EffectiveOn = effectiveOn };
    }

    /// <summary>The stored text of a state, in UTF-8.</summary>
    public static byte[] Write(GrainState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var (beginning, form) = StateTypes[state.GetType()];
        var text = Write(beginning, state, form);
        // No state is without members: the first of them goes on where its word ends.
        text[beginning.Length] = (byte)',';
        return text;
    }

    /// <summary>Reads a stored state, in UTF-8.</summary>
    /// <exception cref="JsonException">The text is not a state.</exception>
    public static GrainState ReadState(ReadOnlySpan<byte> text) =>
        JsonSerializer.Deserialize(text, States) ?? throw new JsonException("A state is null.");

    private static byte[] Write(ReadOnlySpan<byte> beginning, object value, JsonTypeInfo form)
    {
        if (buffer is null || buffer.Capacity > BufferBytesMax)
            buffer = new ArrayBufferWriter<byte>(4096);
        buffer.ResetWrittenCount();
        buffer.Write(beginning);
        writer ??= new Utf8JsonWriter(buffer, Form);
        writer.Reset(buffer);
        JsonSerializer.Serialize(writer, value, form);
        return buffer.WrittenSpan.ToArray();
    }

    private static IEnumerable<(string Name, Type Type)> Names()
    {
        foreach (var type in EventTypes.Keys)
        {
            if (type == typeof(GrainEvent.CheckConcluded))
            {
                foreach (var outcome in Enum.GetValues<CheckOutcome>().DistinctBy(GrainEvent.CheckConcluded.TypeOf))
                    yield return (GrainEvent.CheckConcluded.TypeOf(outcome), type);
            }
            else
            {
                var example = (GrainEvent)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
                yield return (example.Type, type);
            }
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GrainState))]
[JsonSerializable(typeof(GrainEvent.EntityRegistered))]
[JsonSerializable(typeof(GrainEvent.EntityCorrected))]
[JsonSerializable(typeof(GrainEvent.EntityRenamed))]
[JsonSerializable(typeof(GrainEvent.AliasRecorded))]
[JsonSerializable(typeof(GrainEvent.EntityMerged))]
[JsonSerializable(typeof(GrainEvent.EntityAbsorbed))]
[JsonSerializable(typeof(GrainEvent.EntityRestricted))]
[JsonSerializable(typeof(GrainEvent.EntityReleased))]
[JsonSerializable(typeof(GrainEvent.TitleTransferred))]
[JsonSerializable(typeof(GrainEvent.ExemptionRestored))]
[JsonSerializable(typeof(GrainEvent.TitleGranted))]
[JsonSerializable(typeof(GrainEvent.TitleCorrected))]
[JsonSerializable(typeof(GrainEvent.TitleRemoved))]
[JsonSerializable(typeof(GrainEvent.TitleReinstated))]
[JsonSerializable(typeof(GrainEvent.DecisionApplied))]
[JsonSerializable(typeof(GrainEvent.RelationAffected))]
[JsonSerializable(typeof(GrainEvent.ChangeNoted))]
[JsonSerializable(typeof(GrainEvent.ChangeOverdue))]
[JsonSerializable(typeof(GrainEvent.ChangeFiled))]
[JsonSerializable(typeof(GrainEvent.ChangeVerified))]
[JsonSerializable(typeof(GrainEvent.ChangeAccepted))]
[JsonSerializable(typeof(GrainEvent.ChangeRefused))]
[JsonSerializable(typeof(GrainEvent.EntityRelocated))]
[JsonSerializable(typeof(GrainEvent.TitleSucceeded))]
[JsonSerializable(typeof(GrainEvent.TitleReceived))]
[JsonSerializable(typeof(GrainEvent.TitleLapsed))]
[JsonSerializable(typeof(GrainEvent.SuccessorNamed))]
[JsonSerializable(typeof(GrainEvent.CheckOrdered))]
[JsonSerializable(typeof(GrainEvent.CheckApproved))]
[JsonSerializable(typeof(GrainEvent.CheckNotified))]
[JsonSerializable(typeof(GrainEvent.ResultRecorded))]
[JsonSerializable(typeof(GrainEvent.CheckConcluded))]
[JsonSerializable(typeof(GrainEvent.CheckCancelled))]
[JsonSerializable(typeof(GrainEvent.CheckOverdue))]
[JsonSerializable(typeof(GrainEvent.ResultCorrected))]
[JsonSerializable(typeof(GrainEvent.ExemptionGranted))]
[JsonSerializable(typeof(GrainEvent.ExemptionEnded))]
[JsonSerializable(typeof(GrainEvent.CaseOpened))]
[JsonSerializable(typeof(GrainEvent.CaseServed))]
[JsonSerializable(typeof(GrainEvent.StatementReceived))]
[JsonSerializable(typeof(GrainEvent.WindowEnded))]
[JsonSerializable(typeof(GrainEvent.CaseDecided))]
[JsonSerializable(typeof(GrainEvent.CaseWithdrawn))]
[JsonSerializable(typeof(GrainEvent.RectificationOrdered))]
[JsonSerializable(typeof(GrainEvent.RectificationCompleted))]
[JsonSerializable(typeof(GrainEvent.RectificationOverdue))]
[JsonSerializable(typeof(GrainEvent.RectificationCancelled))]
[JsonSerializable(typeof(GrainEvent.DeclarationExpected))]
[JsonSerializable(typeof(GrainEvent.DeclarationFiled))]
[JsonSerializable(typeof(GrainEvent.DeclarationReturned))]
[JsonSerializable(typeof(GrainEvent.DeclarationAccepted))]
[JsonSerializable(typeof(GrainEvent.DeclarationOverdue))]
[JsonSerializable(typeof(GrainEvent.DeclarationDemanded))]
[JsonSerializable(typeof(GrainEvent.DeclarationRefused))]
[JsonSerializable(typeof(GrainEvent.TitleGraded))]
[JsonSerializable(typeof(GrainEvent.ReEvaluationScheduled))]
[JsonSerializable(typeof(GrainEvent.ReEvaluationAnnounced))]
[JsonSerializable(typeof(GrainEvent.ReEvaluationTriggered))]
[JsonSerializable(typeof(GrainEvent.ReEvaluationReported))]
[JsonSerializable(typeof(GrainEvent.ReEvaluationMissed))]
[JsonSerializable(typeof(GrainEvent.ReEvaluationDelayed))]
[JsonSerializable(typeof(GrainEvent.ReEvaluationPassed))]
[JsonSerializable(typeof(GrainEvent.ReEvaluationFailed))]
[JsonSerializable(typeof(GrainEvent.ReEvaluationCancelled))]
[JsonSerializable(typeof(GrainEvent.GoodPracticeFiled))]
[JsonSerializable(typeof(GrainEvent.GoodPracticeApproved))]
[JsonSerializable(typeof(GrainEvent.GoodPracticeDeclined))]
[JsonSerializable(typeof(GrainEvent.GoodPracticePublished))]
[JsonSerializable(typeof(GrainEvent.BanImposed))]
[JsonSerializable(typeof(GrainEvent.BanLifted))]
[JsonSerializable(typeof(GrainEvent.BanEnded))]
[JsonSerializable(typeof(GrainEvent.EnergyInspectionProposed))]
[JsonSerializable(typeof(GrainEvent.EnergyInspectionListed))]
[JsonSerializable(typeof(GrainEvent.EnergyInspectionDelisted))]
[JsonSerializable(typeof(GrainEvent.EnergyVisitOrdered))]
[JsonSerializable(typeof(GrainEvent.EnergyInspectionNotified))]
[JsonSerializable(typeof(GrainEvent.EnergyInspectionConcluded))]
[JsonSerializable(typeof(GrainEvent.EnergyInspectionOverdue))]
[JsonSerializable(typeof(GrainEvent.EnergyRecordSigned))]
[JsonSerializable(typeof(GrainEvent.EnergyOpinionHeard))]
[JsonSerializable(typeof(GrainEvent.EnergyRectificationOrdered))]
[JsonSerializable(typeof(GrainEvent.EnergyRectificationExtended))]
[JsonSerializable(typeof(GrainEvent.EnergyRectificationReported))]
[JsonSerializable(typeof(GrainEvent.EnergyRectificationRechecked))]
[JsonSerializable(typeof(GrainEvent.EnergyRectificationMissed))]
[JsonSerializable(typeof(GrainEvent.VetoRecorded))]
[JsonSerializable(typeof(GrainEvent.VetoConfirmed))]
[JsonSerializable(typeof(GrainEvent.VetoRejected))]
[JsonSerializable(typeof(GrainEvent.VetoEnded))]
[JsonSerializable(typeof(GrainEvent.VetoChecked))]
[JsonSerializable(typeof(GrainEvent.IncidentReported))]
[JsonSerializable(typeof(GrainEvent.IncidentDetermined))]
[JsonSerializable(typeof(GrainEvent.IncidentDismissed))]
[JsonSerializable(typeof(GrainEvent.FactApplied))]
[JsonSerializable(typeof(GrainEvent.FactWithdrawn))]
[JsonSerializable(typeof(GrainEvent.DecisionServed))]
[JsonSerializable(typeof(GrainEvent.ServiceOverdue))]
[JsonSerializable(typeof(GrainEvent.ResultPublished))]
[JsonSerializable(typeof(GrainEvent.PublicationWithdrawn))]
[JsonSerializable(typeof(GrainEvent.PublicationOverdue))]
[JsonSerializable(typeof(GrainEvent.RulesAdopted))]
[JsonSerializable(typeof(GrainEvent.DrawAnnounced))]
[JsonSerializable(typeof(GrainEvent.DrawApproved))]
[JsonSerializable(typeof(GrainEvent.DrawExecuted))]
[JsonSerializable(typeof(GrainEvent.DrawInspectorsSkipped))]
[JsonSerializable(typeof(GrainEvent.DrawWinnerSkipped))]
[JsonSerializable(typeof(GrainEvent.DrawCompleted))]
[JsonSerializable(typeof(GrainEvent.DrawOpened))]
[JsonSerializable(typeof(GrainEvent.CertificateIssued))]
[JsonSerializable(typeof(GrainEvent.CertificateLapsed))]
[JsonSerializable(typeof(GrainEvent.SurveillanceRecorded))]
[JsonSerializable(typeof(GrainEvent.CertificateSuspended))]
[JsonSerializable(typeof(GrainEvent.CertificateRestored))]
[JsonSerializable(typeof(GrainEvent.CertificateRevoked))]
[JsonSerializable(typeof(GrainEvent.CertificateCancelled))]
[JsonSerializable(typeof(GrainEvent.CertificateExpired))]
[JsonSerializable(typeof(GrainEvent.CertificatePublished))]
[JsonSerializable(typeof(GrainEvent.CertificateDutyMissed))]
[JsonSerializable(typeof(GrainEvent.RenewalApplied))]
[JsonSerializable(typeof(GrainEvent.CertificateRenewed))]
[JsonSerializable(typeof(GrainEvent.RenewalDeclined))]
[JsonSerializable(typeof(GrainEvent.TitleWithdrawn))]
[JsonSerializable(typeof(GrainEvent.SuccessorRecorded))]
[JsonSerializable(typeof(GrainEvent.PredecessorRecorded))]
[JsonSerializable(typeof(GrainEvent.SuccessorRetracted))]
[JsonSerializable(typeof(GrainEvent.PredecessorRetracted))]
[JsonSerializable(typeof(GrainEvent.VisitPlanned))]
[JsonSerializable(typeof(GrainEvent.VisitJoined))]
[JsonSerializable(typeof(GrainEvent.VisitMade))]
[JsonSerializable(typeof(GrainEvent.VisitCalledOff))]
[JsonSerializable(typeof(GrainEvent.InspectorRegistered))]
[JsonSerializable(typeof(GrainEvent.InspectorChanged))]
[JsonSerializable(typeof(GrainEvent.InspectorRetired))]
[JsonSerializable(typeof(GrainEvent.InspectorConflictRecorded))]
[JsonSerializable(typeof(GrainEvent.InspectorConflictFollowed))]
[JsonSerializable(typeof(GrainEvent.InspectorConflictEnded))]
[JsonSerializable(typeof(GrainEvent.VisitRecorded))]
[JsonSerializable(typeof(GrainEvent.VisitNotified))]
[JsonSerializable(typeof(GrainEvent.VisitAssigned))]
[JsonSerializable(typeof(GrainEvent.VisitRecusalAsked))]
[JsonSerializable(typeof(GrainEvent.VisitRecusalDecided))]
[JsonSerializable(typeof(GrainEvent.VisitEntered))]
[JsonSerializable(typeof(GrainEvent.VisitExited))]
[JsonSerializable(typeof(GrainEvent.InspectorsAssigned))]
[JsonSerializable(typeof(GrainEvent.ApprovalOverdue))]
[JsonSerializable(typeof(GrainEvent.RecusalAsked))]
[JsonSerializable(typeof(GrainEvent.RecusalDecided))]
[JsonSerializable(typeof(GrainEvent.RecordSigned))]
[JsonSerializable(typeof(GrainEvent.ResultServed))]
[JsonSerializable(typeof(GrainEvent.ObjectionRaised))]
[JsonSerializable(typeof(GrainEvent.ObjectionDecided))]
[JsonSerializable(typeof(GrainEvent.DowntimeDeclared))]
[JsonSerializable(typeof(GrainEvent.DowntimeConfirmed))]
[JsonSerializable(typeof(GrainEvent.DeadlinesMoved))]
[JsonSerializable(typeof(GrainEvent.TitleDerived))]
[JsonSerializable(typeof(GrainEvent.TitleFallen))]
[JsonSerializable(typeof(GrainEvent.AdjustmentProposed))]
[JsonSerializable(typeof(GrainEvent.AdjustmentAccepted))]
[JsonSerializable(typeof(GrainEvent.AdjustmentDismissed))]
[JsonSerializable(typeof(GrainEvent.AdjustmentWithdrawn))]
[JsonSerializable(typeof(GrainEvent.SuccessorProposed))]
[JsonSerializable(typeof(GrainEvent.SuccessorDismissed))]
[JsonSerializable(typeof(GrainEvent.DeterminationCorrected))]
internal sealed partial class LedgerJsonContext : JsonSerializerContext;
