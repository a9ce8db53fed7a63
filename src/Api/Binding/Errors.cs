namespace Supervision.Api.Binding;

/// <summary>What is wrong with a request, by member, parameter or header.</summary>
internal sealed class Errors
{
    // What a sender can set right at once; beyond it the list itself would be the load.
    private const int MembersMax = 100;

    private readonly SortedDictionary<string, List<string>> _byMember = new(StringComparer.Ordinal);

    public int Count => _byMember.Count;

    public bool Any => Count > 0;

    /// <summary>What is wrong, in a sentence.</summary>
    public string Summary => _byMember.Count == 1
        ? $"{_byMember.Keys.First()}: {_byMember.Values.First()[0]}"
        : $"These are not as they have to be: {string.Join(", ", _byMember.Keys)}.";

    public static Errors Of(string member, string expected)
    {
        var errors = new Errors();
        errors.Add(member, expected);
        return errors;
    }

    public void Add(string member, string expected)
    {
        if (_byMember.TryGetValue(member, out var known))
            known.Add(expected);
        else if (_byMember.Count < MembersMax)
            _byMember.Add(member, [expected]);
    }

    public Dictionary<string, string[]> ToMap() => _byMember.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());
}
