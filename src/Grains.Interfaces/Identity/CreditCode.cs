namespace Supervision;

/// <summary>The unified social credit code (统一社会信用代码) of a legal person, as GB 32100-2015 defines it.</summary>
public static class CreditCode
{
    /// <summary>The 31 characters of the code in the order of their values; I, O, S, V and Z are left out.</summary>
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private const int Length = 18;

    /// <summary>Whether a text is a code of 18 characters whose last is the right check character.</summary>
    public static bool IsValid(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length != Length)
            return false;
        var sum = 0;
        var weight = 1;
        for (var i = 0; i < Length - 1; i++)
        {
            var value = Alphabet.IndexOf(text[i], StringComparison.Ordinal);
            if (value < 0)
                return false;
            sum += value * weight;
            // The weights are the powers of 3 modulo 31.
            weight = weight * 3 % Alphabet.Length;
        }

        var check = (Alphabet.Length - (sum % Alphabet.Length)) % Alphabet.Length;
        return text[^1] == Alphabet[check];
    }
}
