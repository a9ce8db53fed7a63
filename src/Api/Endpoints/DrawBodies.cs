using Supervision.Api.Binding;

namespace Supervision.Api.Endpoints;

/// <summary>What is to be drawn.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Scope">Whose titles.</param>
/// <param name="NotBefore">When the draw may be made at the earliest.</param>
/// <param name="Id">The id of the draw; left out: one is made of the policy, the day and a number.</param>
/// <param name="Rate">The share that is drawn of every risk class, from 0 to 1; left out: the policy's rates.</param>
/// <param name="Size">How many are drawn in all; left out: by rate.</param>
/// <param name="PublicSource">Where the public values come from, so that anybody finds them; left out: from where the policy says.</param>
/// <param name="PublicAt">When they come to be known; left out: when the draw may be made.</param>
/// <param name="DueBy">Last day of the visits; left out: as the policy says.</param>
/// <param name="InspectorsPerVisit">How many inspectors make a visit; left out: as few as the policy allows.</param>
/// <param name="Items">Ids of the items to be checked; left out: those that the policy has.</param>
/// <param name="Purpose">What is drawn; left out: spot checks.</param>
internal sealed record DrawBody(
    string Policy, DrawScopeBody Scope, DateTimeOffset NotBefore, string? Id = null, decimal? Rate = null, long? Size = null, string? PublicSource = null,
    DateTimeOffset? PublicAt = null, DateOnly? DueBy = null, long? InspectorsPerVisit = null, IReadOnlyList<string>? Items = null,
    DrawPurpose? Purpose = null) : IChecked
{
    private const int SourceLengthMax = 500;

    private const int InspectorsMax = 20;

    private const int ItemsMax = 100;

    /// <inheritdoc/>
    public void Check(Errors errors)
    {
        if (Id is not null && !GrainKind.Draw.IsKey(Id))
            errors.Add("id", $"Has to be {GrainKind.Draw.KeyForm}.");
        if (Rate is not null && Size is not null)
            errors.Add("size", "Either rate or size is given, not both.");
        if (Rate is <= 0 or > 1)
            errors.Add("rate", "Has to be above 0 and at most 1.");
        if (Size is < 1 or > int.MaxValue)
            errors.Add("size", "Has to be a whole number from 1.");
        if (PublicSource is { Length: > SourceLengthMax } || (PublicSource is not null && string.IsNullOrWhiteSpace(PublicSource)))
            errors.Add("publicSource", $"Has to be a text of 1 to {SourceLengthMax} characters.");
        if (InspectorsPerVisit is < 1 or > InspectorsMax)
            errors.Add("inspectorsPerVisit", $"Has to be a whole number from 1 to {InspectorsMax}.");
        if (Items is { Count: > ItemsMax })
            errors.Add("items", $"Has to be a list of at most {ItemsMax} items.");
        if (Items is not null && Purpose is not (null or DrawPurpose.SpotChecks))
            errors.Add("items", "Is for spot checks.");
        if (DueBy is not null && Purpose == DrawPurpose.EnergyList)
            errors.Add("dueBy", "Is not for a list, which is that of the year of the draw.");
        if (InspectorsPerVisit is not null && Purpose == DrawPurpose.EnergyList)
            errors.Add("inspectorsPerVisit", "Is not for a list, with which nobody is visited.");
        if (Scope.Kind is not null && Purpose == DrawPurpose.EnergyVisits)
            errors.Add("scope.kind", "Is not for visits to those on the list, who are enterprises.");
        else if (Scope.Kind is { } kind && (!GrainKind.TryFind(kind, out var found) || !found.IsSubject))
            errors.Add("scope.kind", $"Has to be one of {string.Join(", ", GrainKind.Subjects)}.");
        if (Scope.Region is { } region && !Region.TryParse(region, out _))
            errors.Add("scope.region", $"Has to be {Region.Form}.");
    }

    /// <summary>The request.</summary>
    public DrawRequest ToRequest() => new(
        Id, Policy, new DrawScope(Scope.Kind is null ? null : [Scope.Kind], Scope.Level, Region.TryParse(Scope.Region, out var region) ? region : null), Rate, (int?)Size, PublicSource,
        Whole(PublicAt), Whole(NotBefore)!.Value, DueBy, (int?)InspectorsPerVisit, Items, Plan: null, Purpose ?? DrawPurpose.SpotChecks);

    /// <summary>Instants of the ledger have whole milliseconds.</summary>
    private static DateTimeOffset? Whole(DateTimeOffset? instant) =>
        instant is { } given ? new DateTimeOffset(given.UtcTicks - (given.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero) : null;
}

/// <summary>Whose titles are drawn.</summary>
/// <param name="Level">The level of the titles.</param>
/// <param name="Kind">Of entities of this kind, or of the enterprises behind them for a list; left out: of every kind to which the policy grants.</param>
/// <param name="Region">Of entities in this region, by code or name, with what lies below it; left out: everywhere.</param>
internal sealed record DrawScopeBody(Level Level, string? Kind = null, string? Region = null);

/// <summary>The public values that go into the seed of a draw.</summary>
/// <param name="PublicValues">The values, in the order in which their source gives them.</param>
internal sealed record DrawExecutionBody(IReadOnlyList<string> PublicValues) : IChecked
{
    private const int CountMax = 10;

    private const int LengthMax = 1000;

    /// <inheritdoc/>
    public void Check(Errors errors)
    {
        if (PublicValues.Count is < 1 or > CountMax || PublicValues.Any(value => value.Length is < 1 or > LengthMax || string.IsNullOrWhiteSpace(value)))
            errors.Add("publicValues", $"Has to be 1 to {CountMax} texts of 1 to {LengthMax} characters.");
    }
}
