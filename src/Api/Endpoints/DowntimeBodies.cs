using System.Text.Json;
using Supervision.Api.Binding;

namespace Supervision.Api.Endpoints;

/// <summary>A downtime that is declared.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Reason">What could not be reached, and why.</param>
/// <param name="MovedTo">The last day that deadlines have instead; left out: the first working day after the downtime.</param>
/// <param name="Region">Whose deadlines, by code or name of the region; left out: everywhere.</param>
/// <param name="Id">The id; left out: one is made of the first day and a number.</param>
internal sealed record DowntimeBody(
    DateOnly From, DateOnly To, [property: FreeText] string Reason, DateOnly? MovedTo = null, string? Region = null, string? Id = null) : IChecked
{
    /// <inheritdoc/>
    public void Check(Errors errors)
    {
        if (Id is not null && !GrainKind.Downtime.IsKey(Id))
            errors.Add("id", $"Has to be {GrainKind.Downtime.KeyForm}.");
        if (Region is not null && !Supervision.Region.TryParse(Region, out _))
            errors.Add("region", $"Has to be {Supervision.Region.Form}.");
    }

    /// <summary>The command.</summary>
    public GrainCommand.DeclareDowntime ToCommand() => new(Supervision.Region.TryParse(Region, out var region) ? region : null, From, To, MovedTo, Reason);
}

/// <summary>What a deadline that passed within a downtime had brought about.</summary>
/// <param name="Seq">The place of the event in the ledger.</param>
/// <param name="Entity">The entity.</param>
/// <param name="Event">The name of the event.</param>
/// <param name="EffectiveOn">The day after the last day.</param>
/// <param name="Data">What the event says.</param>
internal sealed record ShownPassedDeadline(long Seq, GrainId Entity, string Event, DateOnly EffectiveOn, JsonElement Data)
{
    public static ShownPassedDeadline Of(PassedDeadline passed)
    {
        using var data = JsonDocument.Parse(passed.Data);
        return new ShownPassedDeadline(passed.Seq, passed.Entity, passed.Event, passed.EffectiveOn, data.RootElement.Clone());
    }
}
