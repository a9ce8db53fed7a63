namespace Supervision.Grains.Policies;

/// <summary>Documents that are served, and what is published of decisions and results. Whatever a notice sets a term for runs from its service.</summary>
public sealed record NoticeRules
{
    /// <summary>How long there is to publish the result of a check, from its confirmation.</summary>
    public required Period ResultPublished { get; init; }

    /// <summary>How long there is to withdraw a decision that was quashed from publication, from the day on which it was.</summary>
    public required Period QuashedWithdrawn { get; init; }

    /// <summary>How long there is to serve a decision that burdens the holder, from the day on which it was made.</summary>
    public required Period DecisionServed { get; init; }

    /// <summary>The remedies that a decision names.</summary>
    public required IReadOnlyList<Remedy> Remedies { get; init; }
}

/// <summary>A remedy against a decision.</summary>
/// <param name="Name">For example <c>administrative-review</c>.</param>
/// <param name="Original">The word of the source.</param>
/// <param name="Within">How long there is, from service of the decision; null where it is months.</param>
/// <param name="Months">How many months there are, from service of the decision; null where it is days.</param>
public sealed record Remedy(string Name, string Original, Period? Within = null, Figure<int>? Months = null)
{
    /// <summary>The article that gives it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Article => Within?.Article ?? Months!.Article;
}
