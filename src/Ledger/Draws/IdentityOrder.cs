namespace Supervision.Ledger.Draws;

/// <summary>Puts rows in the order of their identities, by code units: by numbers as far as eight letters tell them apart, which is several times as fast.</summary>
internal static class IdentityOrder
{
    private const int KeyLength = 8;

    /// <summary>The rows in order.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="identityOf">The identity of a row.</param>
    public static T[] Sort<T>(IReadOnlyCollection<T> rows, Func<T, string> identityOf)
    {
        var ordered = rows.ToArray();
        var shared = Shared(ordered, identityOf);
        var keys = Array.ConvertAll(ordered, row => KeyOf(identityOf(row).AsSpan(shared)));
        Array.Sort(keys, ordered);
        var byIdentity = Comparer<T>.Create((one, other) => string.CompareOrdinal(identityOf(one), identityOf(other)));
        for (var from = 0; from < keys.Length;)
        {
            var to = from + 1;
            while (to < keys.Length && keys[to] == keys[from])
                to++;
            if (to - from > 1)
                Array.Sort(ordered, from, to - from, byIdentity);
            from = to;
        }

        return ordered;
    }

    /// <summary>How many letters all identities begin with alike.</summary>
    private static int Shared<T>(T[] rows, Func<T, string> identityOf)
    {
        if (rows.Length == 0)
            return 0;
        var first = identityOf(rows[0]);
        var shared = first.Length;
        foreach (var row in rows)
            shared = first.AsSpan(0, shared).CommonPrefixLength(identityOf(row));
        return shared;
    }

    /// <summary>The first letters as a number of the same order, as far as they are of ASCII: whatever is not is greater, and told apart by the identities themselves.</summary>
    private static ulong KeyOf(ReadOnlySpan<char> rest)
    {
        var key = 0UL;
        for (var i = 0; i < KeyLength; i++)
        {
            if (i < rest.Length && rest[i] > '\x7f')
                return (key << (8 * (KeyLength - i))) | (ulong.MaxValue >> (8 * i));
            key = (key << 8) | (i < rest.Length ? rest[i] : 0UL);
        }

        return key;
    }
}
