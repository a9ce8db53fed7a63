namespace Supervision.Grains.Policies;

/// <summary>What the law asks of an inspection besides the approval of its order (国办发〔2024〕54号).</summary>
/// <param name="From">From this day on checks are ordered under these rules.</param>
/// <param name="EmergencyApproval">How long there is to approve afterwards a check that could not wait, from its order.</param>
/// <param name="Objection">How long the holder has to object to a result, from its service.</param>
/// <param name="Steps">The steps without which no result is entered; others are recorded where they are known.</param>
/// <param name="StepsArticle">The article behind these steps.</param>
public sealed record InspectionRules(
    Figure<DateOnly> From, Period EmergencyApproval, Period Objection, IReadOnlyList<InspectionStep> Steps, string StepsArticle);

/// <summary>The published items of a policy (检查事项清单).</summary>
/// <param name="From">From this day on nothing else is checked than what is published.</param>
/// <param name="Published">The items; a check that names none has all of them.</param>
public sealed record ItemRules(Figure<DateOnly> From, IReadOnlyList<PublishedItem> Published);

/// <summary>An item that a policy publishes.</summary>
/// <param name="Id">For example <c>declared-indicators</c>.</param>
/// <param name="Original">The word of the source.</param>
/// <param name="RemoteFirst">Whether papers and data suffice, so that nobody comes for it without a reason.</param>
/// <param name="Article">The article by which it may be checked.</param>
public sealed record PublishedItem(string Id, string Original, bool RemoteFirst, string Article);

/// <summary>The field of expertise that every inspector of a kind of entity needs.</summary>
/// <param name="Kind">The kind of entity; <c>enterprise</c> for energy-conservation inspection.</param>
/// <param name="Field">The field, word for word as the register of inspectors has it.</param>
/// <param name="Article">The article.</param>
public sealed record FieldRule(string Kind, string Field, string Article);
