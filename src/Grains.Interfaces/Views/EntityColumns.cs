namespace Supervision;

/// <summary>What the register is filtered, ordered and searched by: follows from the state.</summary>
/// <param name="Kind">The kind of grain.</param>
/// <param name="Name">The listed name.</param>
/// <param name="Region">Six-digit code.</param>
/// <param name="Industry">Industry.</param>
/// <param name="RiskClass">A to D.</param>
/// <param name="Standing">The standing of its best title.</param>
/// <param name="Enterprise">The enterprise behind it.</param>
/// <param name="Search">Normalised listed name, other names, key, absorbed keys and credit code, one a line; null for an entity that was merged into another.</param>
public sealed record EntityColumns(
    string Kind, string? Name, string? Region, string? Industry, string? RiskClass, string? Standing, string? Enterprise, string? Search);

/// <summary>A title as the register is filtered by it.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Honour">The honour.</param>
/// <param name="Level">The level.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Authority">The issuing authority.</param>
/// <param name="Certificate">Number.</param>
/// <param name="GrantedOn">Date of the grant.</param>
/// <param name="Evaluator">The third party.</param>
/// <param name="Batch">The batch.</param>
/// <param name="ExemptUntil">Last day of the exemption.</param>
public sealed record TitleColumns(
    string Policy, string Honour, string Level, string Status, string Authority, string? Certificate, DateOnly GrantedOn, string? Evaluator,
    string? Batch, DateOnly? ExemptUntil);
