using System.Text.Json.Serialization;
using Supervision.Api.Binding;

namespace Supervision.Api.Endpoints;

/// <summary>A subscription as it is asked for.</summary>
/// <param name="Url">Where events are delivered to.</param>
/// <param name="Types">Types of events; left out: every decision about a title.</param>
/// <param name="Filter">Of which entities and titles; left out: of all.</param>
internal sealed record SubscriptionBody([property: TextOfAtMost(2048)] string Url, IReadOnlyList<string>? Types = null, SubscriptionFilterBody? Filter = null) : IChecked
{
    /// <inheritdoc/>
    public void Check(Errors errors)
    {
        CheckEach(Filter?.Kind, "filter.kind", kind => GrainKind.Subjects.Any(known => known.Name == kind) ? null : $"Has to be one of {string.Join(", ", GrainKind.Subjects)}.", errors);
        CheckEach(Filter?.Region, "filter.region", region => Region.TryParse(region, out _) ? null : $"Has to be {Region.Form}.", errors);
        CheckEach(Filter?.Entities, "filter.entities", entity => GrainId.TryParse(entity, out var id) && GrainKind.Subjects.Contains(id.Kind) ? null : Texts.EntityForm, errors);
    }

    /// <summary>The request.</summary>
    public SubscriptionRequest ToRequest() => new(
        Url, Types,
        new SubscriptionFilter(
            Filter?.Kind, Filter?.Region?.Select(text => Region.TryParse(text, out var code) ? code : text).ToList(), Filter?.Policy, Filter?.Level,
            Filter?.Entities?.Select(text => GrainId.TryParse(text, out var id) ? id : default).ToList()));

    private static void CheckEach(IReadOnlyList<string>? given, string member, Func<string, string?> refuse, Errors errors)
    {
        for (var i = 0; i < (given?.Count ?? 0); i++)
        {
            if (refuse(given![i]) is { } expected)
                errors.Add($"{member}[{i}]", expected);
        }
    }
}

/// <summary>Of which entities and titles events are asked for.</summary>
/// <param name="Kind">Kinds of entities.</param>
/// <param name="Region">Regions by code or name, with what lies below them.</param>
/// <param name="Policy">Policies of the title.</param>
/// <param name="Level">Levels of the title.</param>
/// <param name="Entities">Entities (<c>kind/key</c>): the one that the event is about, or the enterprise behind it.</param>
internal sealed record SubscriptionFilterBody(
    IReadOnlyList<string>? Kind = null, IReadOnlyList<string>? Region = null, IReadOnlyList<string>? Policy = null, IReadOnlyList<Level>? Level = null,
    [property: ItemsOfAtMost(10_000)] IReadOnlyList<string>? Entities = null);

/// <summary>A subscription that was made.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Secret">What its deliveries are signed with; null when the request was sent again: it is shown once.</param>
/// <param name="Note">Why there is no secret.</param>
internal sealed record MadeSubscription(string Id, string? Secret, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note = null);
