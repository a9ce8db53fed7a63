namespace Supervision;

/// <summary>What a name other than the listed one is.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabCase<NameStatus>))]
public enum NameStatus
{
    /// <summary>曾用名: the listed name until a renaming was published.</summary>
    Former,

    /// <summary>更名: the holder has this name by now; the list's authority has not published it yet.</summary>
    Reported,

    /// <summary>别名: a name under which the same entity is known elsewhere.</summary>
    Alias,
}

/// <summary>A name of an entity beside the listed one.</summary>
/// <param name="Name">The name.</param>
/// <param name="Status">What it is.</param>
/// <param name="From">First day; null where it is not known.</param>
/// <param name="Until">The day on which the next name took its place; null while it is in use or where it is not known.</param>
/// <param name="Source">What shows that it is a name of this entity.</param>
/// <param name="By">Who recorded it (pseudonym).</param>
public sealed record OtherName(string Name, NameStatus Status, DateOnly? From, DateOnly? Until, string? Source, string By)
{
    /// <summary>Most names that an entity is given beside the listed one; the events of one hold all that it takes over.</summary>
    public const int CountMax = 50;
}
