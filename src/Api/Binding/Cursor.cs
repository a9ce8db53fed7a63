using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Supervision.Api.Binding;

/// <summary>
/// The place in a list after which the next page begins, bound to the list it comes from: the place of another list or
/// filter would silently leave items out. It grants nothing, so it is not signed.
/// </summary>
internal static class Cursor
{
    private const int ListBytes = 8;

    private const int LengthMax = 400;

    /// <summary>The cursor of a place.</summary>
    public static string Of(string list, string place) =>
        Base64Url.EncodeToString([.. SHA256.HashData(Encoding.UTF8.GetBytes(list)).AsSpan(0, ListBytes), .. Encoding.UTF8.GetBytes(place)]);

    /// <summary>Reads the place from a cursor of that list.</summary>
    public static bool TryRead(string cursor, string list, out string place)
    {
        place = "";
        if (cursor.Length > LengthMax || !Base64Url.IsValid(cursor))
            return false;
        var bytes = Base64Url.DecodeFromChars(cursor);
        if (bytes.Length <= ListBytes || !bytes.AsSpan(0, ListBytes).SequenceEqual(SHA256.HashData(Encoding.UTF8.GetBytes(list)).AsSpan(0, ListBytes)))
            return false;
        place = Encoding.UTF8.GetString(bytes.AsSpan(ListBytes));
        return true;
    }
}
