using System.Text.Json;

namespace Supervision.Hosting.Reading;

/// <summary>Why events happened: what they name themselves, and what the case behind them names.</summary>
internal static class Whys
{
    /// <summary>Why an event happened.</summary>
    /// <param name="data">The stored text of the event.</param>
    /// <param name="cases">The cases of its entity.</param>
    public static Why Of(string data, IReadOnlyList<Case> cases)
    {
        using var document = JsonDocument.Parse(data);
        var found = Text(document, "case") is { } id ? cases.FirstOrDefault(candidate => candidate.Id == id) : null;
        return new Why(Text(document, "reason"), Text(document, "ground") ?? found?.Ground, Text(document, "article") ?? found?.Article);
    }

    private static string? Text(JsonDocument document, string member) =>
        document.RootElement.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
