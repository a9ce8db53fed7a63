using Supervision.Api.Binding;

namespace Supervision.Api.Endpoints;

/// <summary>The order of a check.</summary>
/// <param name="Policy">The policy of the title to be checked.</param>
/// <param name="Basis">Directed, with a reason; or random, with the reference of the draw it comes from.</param>
/// <param name="DueBy">Last day for carrying it out.</param>
/// <param name="Honour">The honour, where the entity has several titles under the policy.</param>
/// <param name="Level">The level, where the entity has several titles under the policy.</param>
/// <param name="Reason">Reason of a directed check.</param>
/// <param name="Draw">Reference of the draw of a random check.</param>
/// <param name="Inspectors">Ids of the inspectors; may be named later. On a visit to which somebody comes already they are those, and may be left out.</param>
/// <param name="Items">Ids of the items to be checked; left out, those that the policy publishes.</param>
/// <param name="Declaration">The declaration that it verifies.</param>
/// <param name="Visit">The planned visit of the enterprise on which it is made; left out, that of the same draw or one of its own.</param>
/// <param name="Emergency">Why a directed check cannot wait for its approval, which is made up for afterwards.</param>
/// <param name="Remote">Whether it is made from papers and data alone, so that nobody comes.</param>
/// <param name="OnSite">Why it is made on site although each item can be checked from afar.</param>
internal sealed record CheckBody(
    string Policy, CheckBasis Basis, DateOnly DueBy, string? Honour = null, Level? Level = null, string? Reason = null, string? Draw = null,
    IReadOnlyList<string>? Inspectors = null, IReadOnlyList<string>? Items = null, string? Declaration = null, string? Visit = null,
    [property: FreeText] string? Emergency = null, bool Remote = false, [property: FreeText] string? OnSite = null) : IChecked
{
    /// <inheritdoc/>
    public void Check(Errors errors)
    {
        if (Basis == CheckBasis.Directed && Draw is not null)
            errors.Add("draw", "A directed check comes from no draw.");
        if (Basis == CheckBasis.Random && Reason is not null)
            errors.Add("reason", "A random check has no reason but its draw.");
        if (Basis == CheckBasis.Random && Emergency is not null)
            errors.Add("emergency", "A random check can wait for its approval.");
        if (Remote && Visit is not null)
            errors.Add("visit", "Nobody comes for what is checked from afar.");
        if (Remote && OnSite is not null)
            errors.Add("onSite", "What is checked from afar is not made on site.");
    }

    /// <summary>The command.</summary>
    public GrainCommand ToCommand() =>
        new GrainCommand.OrderCheck(new TitleChoice(Policy, Honour, Level), Basis, Reason, Draw, DueBy, Inspectors ?? [], Items ?? [], Declaration, Visit, Emergency, Remote, OnSite);
}

/// <summary>That somebody was told.</summary>
/// <param name="On">The date.</param>
/// <param name="Method">How.</param>
/// <param name="Number">The number of the served document.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record NoticeBody(DateOnly On, string Method, string? Number = null, IReadOnlyList<string>? Documents = null) : INamesDocuments;

/// <summary>The result of a check.</summary>
/// <param name="Outcome">What was found.</param>
/// <param name="On">The date of the check.</param>
/// <param name="Inspectors">Ids of those who carried it out.</param>
/// <param name="Findings">What was found, item by item.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
/// <param name="Verified">What was found of the values declared, of a check that verifies a declaration.</param>
internal sealed record ResultBody(
    CheckOutcome Outcome, DateOnly On, IReadOnlyList<string> Inspectors, IReadOnlyList<FindingBody>? Findings = null, IReadOnlyList<string>? Documents = null,
    IReadOnlyList<FoundValueBody>? Verified = null)
    : INamesDocuments
{
    /// <summary>The command.</summary>
    public GrainCommand ToCommand(string check) =>
        new GrainCommand.RecordResult(
            check, Outcome, On, Inspectors, [.. (Findings ?? []).Select(finding => new Finding(finding.Item, finding.Text))],
            Verified?.Select(found => new FoundValue(found.Indicator, found.Value, found.Evidence)).ToArray());
}

/// <summary>One thing found.</summary>
/// <param name="Item">The checked item.</param>
/// <param name="Text">What was found.</param>
internal sealed record FindingBody(string Item, [property: FreeText] string Text);

/// <summary>What was found of a declared value.</summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="Value">The value found, in the unit declared.</param>
/// <param name="Evidence">What shows it.</param>
internal sealed record FoundValueBody(string Indicator, decimal Value, [property: FreeText] string Evidence);

/// <summary>Why something is called off.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record CancellationBody([property: FreeText] string Reason, IReadOnlyList<string>? Documents = null) : INamesDocuments;
