using System.Security.Cryptography;
using System.Text.Json;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Items;

/// <summary>
/// The register of published check items (随机抽查事项清单): lists as they were published, beside the items that policies publish
/// themselves. What stands in neither may not be inspected, and what a list publishes only where its authority does.
/// </summary>
public sealed record CheckItemRegister
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>No list was published.</summary>
    public static CheckItemRegister Empty { get; } = new() { Id = "published", Version = 1, Lists = [] };

    /// <summary>Identity of the register.</summary>
    public required string Id { get; init; }

    /// <summary>From 1; changed content needs a new one.</summary>
    public required int Version { get; init; }

    /// <summary>The published lists.</summary>
    public required IReadOnlyList<CheckItemList> Lists { get; init; }

    /// <summary>SHA-256 of the file, in lower-case hex.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Hash { get; init; } = "";

    /// <summary>The item of an id, whichever list it stands in.</summary>
    public CheckItem? Find(string id) => ListOf(id)?.Items.First(item => string.Equals(item.Id, id, StringComparison.Ordinal));

    /// <summary>The list in which the item of an id stands.</summary>
    public CheckItemList? ListOf(string id) => Lists.FirstOrDefault(list => list.Items.Any(item => string.Equals(item.Id, id, StringComparison.Ordinal)));

    /// <summary>Reads and checks a register.</summary>
    /// <param name="file">Name or path of the file, for messages.</param>
    /// <param name="utf8">Its bytes.</param>
    /// <exception cref="PolicyException">The form is wrong (the first fault is named) or the content is (every fault is).</exception>
    public static CheckItemRegister Parse(string file, byte[] utf8)
    {
        CheckItemRegister register;
        try
        {
            register = JsonSerializer.Deserialize<CheckItemRegister>(utf8, Options)
                ?? throw new PolicyException([new PolicyFailure(file, "$", "A register is a JSON object, not null.")]);
        }
        catch (JsonException exception)
        {
            throw new PolicyException([new PolicyFailure(file, exception.Path ?? "$", exception.Message)], exception);
        }

        var failures = Validate(file, register).ToList();
        return failures.Count == 0 ? register with { Hash = Convert.ToHexStringLower(SHA256.HashData(utf8)) } : throw new PolicyException(failures);
    }

    private static IEnumerable<PolicyFailure> Validate(string file, CheckItemRegister register)
    {
        if (!GrainKind.Policy.IsKey(register.Id))
            yield return new PolicyFailure(file, "$.id", $"'{register.Id}' is not a name: {GrainKind.Policy.KeyForm}.");
        if (register.Version < 1)
            yield return new PolicyFailure(file, "$.version", $"The version is at least 1, not {register.Version}.");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, list) in register.Lists.Index())
        {
            if (list is null || string.IsNullOrWhiteSpace(list.Title) || string.IsNullOrWhiteSpace(list.Authority) || string.IsNullOrWhiteSpace(list.Source))
            {
                yield return new PolicyFailure(file, $"$.lists[{i}]", "A list has a title, the authority that published it and a source.");
                continue;
            }

            if (list.Region is null && !string.Equals(list.Authority, CheckItemList.National, StringComparison.Ordinal))
                yield return new PolicyFailure(file, $"$.lists[{i}].authority", $"'{list.Authority}' tells nobody where the list counts: {Region.Form}, or '{CheckItemList.National}'.");
            foreach (var (j, item) in list.Items.Index())
            {
                var path = $"$.lists[{i}].items[{j}]";
                if (item is null)
                    yield return new PolicyFailure(file, path, "An item of a list is not null.");
                else if (!GrainKind.Policy.IsKey(item.Id))
                    yield return new PolicyFailure(file, $"{path}.id", $"'{item.Id}' is not a name: {GrainKind.Policy.KeyForm}.");
                else if (!seen.Add(item.Id))
                    yield return new PolicyFailure(file, $"{path}.id", $"{item.Id} is there twice.");
                else if (string.IsNullOrWhiteSpace(item.Name) || string.IsNullOrWhiteSpace(item.Basis) || string.IsNullOrWhiteSpace(item.Body))
                    yield return new PolicyFailure(file, path, "An item has a name, a legal basis and a body that checks it.");
            }
        }
    }
}

/// <summary>A list of items as an authority published it.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Authority">Who published it: the name or code of a region, or <c>national</c>.</param>
/// <param name="PublishedIn">The year.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Items">Its items.</param>
public sealed record CheckItemList(string Title, string Authority, int PublishedIn, string Source, IReadOnlyList<CheckItem> Items)
{
    /// <summary>The authority that publishes for every region.</summary>
    public const string National = "national";

    /// <summary>The region in which its items are published; null: everywhere.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? Region => Supervision.Region.TryParse(Authority, out var region) ? region : null;
}

/// <summary>A published item; what the list leaves blank is null.</summary>
/// <param name="Id">For example <c>zj2017-18</c>.</param>
/// <param name="Name">The item (抽查事项).</param>
/// <param name="SubItem">The part of it (子项).</param>
/// <param name="Basis">The legal basis (抽查依据).</param>
/// <param name="Body">Who checks it (抽查主体).</param>
/// <param name="Target">Who is checked (抽查对象).</param>
/// <param name="Ratio">The sampling ratio, in the words of the list (抽查比例).</param>
/// <param name="Frequency">How often, in its words (抽查频次).</param>
/// <param name="Method">How, in its words (抽查方式).</param>
/// <param name="Inspectors">What inspectors have to be, in its words.</param>
/// <param name="Remark">Its remark.</param>
/// <param name="RemoteFirst">Whether papers suffice, so that nobody comes for it without a reason.</param>
public sealed record CheckItem(
    string Id, string Name, string? SubItem, string Basis, string Body, string? Target, string? Ratio, string? Frequency, string? Method, string? Inspectors,
    string? Remark, bool RemoteFirst);
