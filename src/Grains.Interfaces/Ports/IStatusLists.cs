namespace Supervision;

/// <summary>
/// Where all titles stand, as signed lists that are looked up offline by the index of a title. What is withheld from the public cannot be
/// told from an index that belongs to no title.
/// </summary>
public interface IStatusLists
{
    /// <summary>The lists as they stand now, or did at most the configured interval ago.</summary>
    ValueTask<SignedStatusLists> GetAsync(CancellationToken cancellationToken);

    /// <summary>The public keys by which they are verified, as a JSON Web Key Set (RFC 7517).</summary>
    string Keys { get; }

    /// <summary>The indexes of the titles of some entities. A title keeps its index for good.</summary>
    Task<IReadOnlyDictionary<(GrainId Entity, TitleRef Title), long>> IndexesAsync(IReadOnlyCollection<GrainId> entities, CancellationToken cancellationToken);
}

/// <summary>The signed lists.</summary>
/// <param name="TreeSize">The size of the ledger's tree that they were made from.</param>
/// <param name="Token">A status list token (IETF Token Status List): a JWT, signed with ES256.</param>
/// <param name="Credential">A credential with a W3C Bitstring Status List, as a JWT, signed with the same key.</param>
public sealed record SignedStatusLists(long TreeSize, string Token, string Credential);
