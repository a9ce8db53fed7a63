using System.Text.Json;

namespace Supervision.Hosting.Feed;

/// <summary>Which title of its entity an event is about, and by which case.</summary>
internal static class EventTitles
{
    /// <summary>The title as it was after the event; null: it is about the entity as a whole.</summary>
    public static Title? Of(JsonElement data, GrainState.Subject subject)
    {
        var named = Named(data, subject);
        return named is null ? null : subject.Titles.FirstOrDefault(title => title.Is(named));
    }

    /// <summary>The case of this entity that an event names, or null.</summary>
    public static Case? CaseOf(JsonElement data, GrainState.Subject subject) =>
        // Beside a cause, the case is one of that other entity.
        Text(data, "case") is { } id && !data.TryGetProperty("cause", out _) ? subject.Cases.FirstOrDefault(found => found.Id == id) : null;

    /// <summary>A member that is a text, or null.</summary>
    public static string? Text(JsonElement data, string member) =>
        data.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static TitleRef? Named(JsonElement data, GrainState.Subject subject)
    {
        if (data.TryGetProperty("title", out var title) && title.ValueKind == JsonValueKind.Object)
        {
            var identity = title.TryGetProperty("ref", out var inner) ? inner : title;
            return new TitleRef(Text(identity, "policy")!, Text(identity, "honour")!, KebabCase<Level>.Parse(Text(identity, "level")!));
        }

        return CaseOf(data, subject)?.Title
            ?? (Text(data, "check") is { } check ? subject.Checks.FirstOrDefault(found => found.Id == check)?.Title : null)
            ?? (Text(data, "rectification") is { } rectification ? subject.Rectifications.FirstOrDefault(found => found.Id == rectification)?.Title : null)
            ?? (Text(data, "reEvaluation") is { } reEvaluation ? subject.ReEvaluations?.FirstOrDefault(found => found.Id == reEvaluation)?.Title : null)
            ?? (Text(data, "goodPractice") is { } goodPractice ? subject.GoodPractices?.FirstOrDefault(found => found.Id == goodPractice)?.Title : null);
    }
}
