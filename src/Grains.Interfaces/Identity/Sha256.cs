using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Supervision;

/// <summary>
/// SHA-256 of short inputs: leaves and nodes of trees, tickets, names, of which there are millions. What the platform does around a hash of such an input
/// (a context, its provider, the errors of the thread) takes three times as long as the hash. So its library is called directly, where it is there;
/// where it is not, and for long inputs, the platform hashes.
/// </summary>
public static unsafe class Sha256
{
    /// <summary>Bytes of a hash.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    // A call that lasts long would hold up the collector.
    private const int ShortMax = 2048;

    // A context has 112 bytes.
    private const int ContextLength = 128;

    private static readonly delegate* unmanaged[SuppressGCTransition]<byte*, int> Init;
    private static readonly delegate* unmanaged[SuppressGCTransition]<byte*, byte*, nuint, int> Update;
    private static readonly delegate* unmanaged[SuppressGCTransition]<byte*, byte*, int> Final;

    static Sha256()
    {
        // The one that the platform has loaded itself.
        if (!NativeLibrary.TryLoad("libcrypto.so.3", out var library)
            || !NativeLibrary.TryGetExport(library, "SHA256_Init", out var init)
            || !NativeLibrary.TryGetExport(library, "SHA256_Update", out var update)
            || !NativeLibrary.TryGetExport(library, "SHA256_Final", out var final))
            return;
        Init = (delegate* unmanaged[SuppressGCTransition]<byte*, int>)init;
        Update = (delegate* unmanaged[SuppressGCTransition]<byte*, byte*, nuint, int>)update;
        Final = (delegate* unmanaged[SuppressGCTransition]<byte*, byte*, int>)final;
    }

    /// <summary>The hash of some bytes.</summary>
    public static byte[] HashData(ReadOnlySpan<byte> source)
    {
        var hash = new byte[Length];
        HashData(source, hash);
        return hash;
    }

    /// <summary>Writes the hash of some bytes.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="destination">Takes the hash: at least 32 bytes.</param>
    /// <exception cref="ArgumentException">There is no room for a hash.</exception>
    [SkipLocalsInit]
    public static void HashData(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (Init is null || source.Length > ShortMax)
        {
            SHA256.HashData(source, destination);
            return;
        }

        if (destination.Length < Length)
            throw new ArgumentException("A hash has 32 bytes.", nameof(destination));
        var context = stackalloc byte[ContextLength];
        fixed (byte* from = source, to = destination)
        {
            CleanWideRegisters(context);
            if (Init(context) != 1 || Update(context, from, (nuint)source.Length) != 1 || Final(to, context) != 1)
                throw new CryptographicException("The hash could not be computed.");
        }
    }

    /// <summary>
    /// The library's instructions take more than twice as long while the upper halves of wide registers are in use, as copying and clearing memory leave them. The
    /// end of a method that uses them cleans them, a call into the library does not.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CleanWideRegisters(byte* scratch) => Vector256<byte>.Zero.Store(scratch);
}
