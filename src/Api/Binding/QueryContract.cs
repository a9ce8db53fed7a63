using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Supervision.Api.Binding;

/// <summary>A parameter that an address may carry.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Form">What its values look like.</param>
internal sealed record QueryParameter(string Name, string Description, ValueForm Form)
{
    /// <summary>Whether it may not be left out.</summary>
    public bool Required { get; init; }
}

/// <summary>What values of a parameter or member look like.</summary>
/// <param name="Type">The type in the words of JSON Schema.</param>
/// <param name="Format">The format, or null.</param>
/// <param name="Words">The words it may be, or null.</param>
internal sealed record ValueForm(string Type, string? Format = null, IReadOnlyList<string>? Words = null)
{
    public static ValueForm Text { get; } = new("string");

    public static ValueForm Date { get; } = new("string", "date");

    public static ValueForm Instant { get; } = new("string", "date-time");

    public static ValueForm Number { get; } = new("integer", "int64");

    public static ValueForm Bool { get; } = new("boolean");

    public static ValueForm OneOf(IReadOnlyList<string> words) => new("string", Words: words);
}

/// <summary>The parameters that an endpoint takes; whatever else an address carries is refused, not ignored.</summary>
internal sealed record QueryContract(IReadOnlyList<QueryParameter> Parameters)
{
    public static QueryParameter Limit { get; } = new("limit", $"Most items, 1 to {QueryReader.LimitMax}.", ValueForm.Number);

    public static QueryParameter Cursor { get; } = new("cursor", "The nextCursor of the page before.", ValueForm.Text);

    public static QueryParameter MinSeq { get; } = new("minSeq", "Waits until reads reflect the ledger up to this seq.", ValueForm.Number);

    /// <summary>Why the parameters of a request are not those of its endpoint; null: they are.</summary>
    public static ProblemHttpResult? Refuse(HttpContext context)
    {
        if (!context.Request.QueryString.HasValue)
            return null;
        var known = context.GetEndpoint()?.Metadata.GetMetadata<QueryContract>()?.Parameters ?? [];
        Errors? errors = null;
        foreach (var (name, values) in context.Request.Query)
        {
            // The collection finds names in any case; the contract does not.
            if (!known.Any(parameter => parameter.Name == name))
            {
                (errors ??= new Errors()).Add(name, known.Count == 0
                    ? "Is not a parameter; there are none."
                    : $"Is not a parameter; the parameters are {string.Join(", ", known.Select(parameter => parameter.Name))}.");
            }
            else if (values.Count > 1)
            {
                (errors ??= new Errors()).Add(name, "Is given more than once.");
            }
        }

        return errors is null ? null : Problems.Invalid(errors);
    }
}
