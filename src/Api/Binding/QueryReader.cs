using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Supervision.Api.Binding;

/// <summary>Reads the parameters of an address and notes what is wrong with them.</summary>
internal sealed class QueryReader(HttpRequest request)
{
    /// <summary>Most items of a page.</summary>
    public const int LimitMax = 500;

    private const int LimitDefault = 50;

    public Errors Errors { get; } = new();

    public string? Text(string name)
    {
        if (!request.Query.TryGetValue(name, out var values) || values.Count != 1 || values[0] is not { } text)
            return null;
        if (GivenText.Refuse(text) is not { } expected)
            return text;
        Errors.Add(name, expected);
        return null;
    }

    /// <summary>Values with commas between them; null: it was left out or is not as it has to be.</summary>
    public IReadOnlyList<string>? List(string name, int valuesMax)
    {
        if (!request.Query.TryGetValue(name, out var values) || values.Count != 1 || values[0] is not { } text)
            return null;
        // As long as an address may be: its values are looked at one by one.
        if (GivenText.Refuse(text, int.MaxValue) is { } expected)
        {
            Errors.Add(name, expected);
            return null;
        }

        var found = text.Split(',', StringSplitOptions.TrimEntries);
        if (found.Length <= valuesMax)
            return found;
        Errors.Add(name, $"Has at most {valuesMax} values.");
        return null;
    }

    public T? Word<T>(string name)
        where T : struct, Enum =>
        Read<T>(name, KebabCase<T>.TryParse, $"Has to be one of {string.Join(", ", KebabCase<T>.Words)}.");

    public string? OneOf(string name, IReadOnlyList<string> words)
    {
        var text = Text(name);
        if (text is null || words.Contains(text))
            return text;
        Errors.Add(name, $"Has to be one of {string.Join(", ", words)}.");
        return null;
    }

    public bool? Bool(string name) => Read(
        name, (string text, out bool value) => (value = text == "true") || text == "false", "Has to be true or false.");

    public DateOnly? Date(string name) => Read<DateOnly>(name, Texts.TryDate, Texts.DateForm);

    public DateTimeOffset? Instant(string name) => Read<DateTimeOffset>(name, Texts.TryInstant, Texts.InstantForm);

    public GrainId? Enterprise(string name) => Read<GrainId>(name, Texts.TryEnterprise, Texts.EnterpriseForm);

    public string? Region(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (Supervision.Region.TryParse(text, out var code))
            return code;
        Errors.Add(name, $"Has to be {Supervision.Region.Form}.");
        return null;
    }

    /// <summary>A number that is not negative.</summary>
    public long? Number(string name) => Read(
        name, (string text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value), "Has to be a whole number that is not negative.");

    public int Limit()
    {
        if (!request.Query.ContainsKey("limit"))
            return LimitDefault;
        if (int.TryParse(request.Query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= LimitMax)
            return limit;
        Errors.Add("limit", $"Has to be a whole number from 1 to {LimitMax}.");
        return LimitDefault;
    }

    private delegate bool TryParse<T>(string text, out T value);

    private T? Read<T>(string name, TryParse<T> parse, string expected)
        where T : struct
    {
        if (Text(name) is not { } text)
            return null;
        if (parse(text, out var value))
            return value;
        Errors.Add(name, expected);
        return null;
    }
}
