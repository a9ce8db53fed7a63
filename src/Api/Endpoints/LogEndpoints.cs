using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;

namespace Supervision.Api.Endpoints;

/// <summary>The ledger as a public log (C2SP tlog-checkpoint and tlog-tiles), and proofs about it. For everyone, without a key.</summary>
internal static class LogEndpoints
{
    private const string Text = "text/plain; charset=utf-8";

    private const string Octets = "application/octet-stream";

    /// <summary>A full tile never changes.</summary>
    private const string Forever = "public, max-age=31536000, immutable";

    /// <summary>A partial tile does not either, but is soon not asked for any more.</summary>
    private const string Short = "public, max-age=60";

    private const string TileForm =
        "Has to be a level from 0 to 7 and a tile in groups of three digits, all but the last behind an x, as 0/x001/234; of fewer than 256 hashes with .p/ and their number behind it.";

    public static void Map(RouteGroupBuilder log)
    {
        Public(log.MapGet("/checkpoint", CheckpointAsync)).Does("getCheckpoint", "The newest signed checkpoint: how many events there are, and the root of the tree over them.")
            .Produces(StatusCodes.Status200OK, contentType: "text/plain").Refuses(StatusCodes.Status404NotFound);
        Public(log.MapGet("/key", KeysAsync)).Does("getLogKeys", "The keys by which checkpoints are verified, one a line. Who trusts nobody has them from elsewhere.")
            .Produces(StatusCodes.Status200OK, contentType: "text/plain").Refuses(StatusCodes.Status404NotFound);
        Public(log.MapGet("/tile/{level}/{**index}", TileAsync)).Does("getTile", "The hashes of a tile of the tree, 32 bytes each.")
            .Produces(StatusCodes.Status200OK, contentType: Octets)
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status500InternalServerError);
        Public(log.MapGet("/proof", ProveInclusionAsync)).Does("proveInclusion", "Proves that an event is in the log; with the event itself where whoever asks may be shown it.")
            .Takes(
                new QueryParameter("seq", "The event.", ValueForm.Number) { Required = true },
                new QueryParameter("treeSize", "The tree that it is to be in; when left out that of the newest checkpoint.", ValueForm.Number))
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status500InternalServerError);
        Public(log.MapGet("/consistency", ProveConsistencyAsync)).Does("proveConsistency", "Proves that the log of one size is the earlier state of that of another.")
            .Takes(
                new QueryParameter("from", "The size of the earlier tree.", ValueForm.Number) { Required = true },
                new QueryParameter("to", "The size of the later one; when left out that of the newest checkpoint.", ValueForm.Number))
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status500InternalServerError);
    }

    private static RouteHandlerBuilder Public(RouteHandlerBuilder endpoint) => endpoint.WithTags("log").AllowAnonymous();

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> CheckpointAsync(ITransparencyLog log, CancellationToken cancellationToken) =>
        await log.LatestAsync(cancellationToken) is { } checkpoint ? TypedResults.Text(checkpoint.Note, Text) : Problems.LogNotSigned();

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> KeysAsync(ITransparencyLog log, CancellationToken cancellationToken) =>
        await log.VerifierKeysAsync(cancellationToken) is [_, ..] keys ? TypedResults.Text(string.Concat(keys.Select(key => $"{key}\n")), Text) : Problems.LogNotSigned();

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> TileAsync(
        string level, string index, HttpContext context, ITransparencyLog log, CancellationToken cancellationToken)
    {
        if (!TileAddress.TryParse(level, index, out var tile))
            return level == "entries" ? Problems.ForStatus(StatusCodes.Status404NotFound) : Problems.Invalid("index", TileForm);
        if (await log.TileAsync(tile, cancellationToken) is not { } hashes)
            return Problems.ForStatus(StatusCodes.Status404NotFound);
        context.Response.Headers.CacheControl = tile.IsFull ? Forever : Short;
        return TypedResults.Bytes(hashes, Octets);
    }

    private static async Task<Results<Ok<Inclusion>, ProblemHttpResult>> ProveInclusionAsync(
        HttpContext context, ITransparencyLog log, IRegister register, CancellationToken cancellationToken)
    {
        var query = new QueryReader(context.Request);
        var (seq, size) = (query.Number("seq"), query.Number("treeSize"));
        if (seq is null && !query.Errors.Any)
            query.Errors.Add("seq", "Is needed: the event that is to be proven.");
        if (query.Errors.Any)
            return Problems.Invalid(query.Errors);
        var checkpoint = await log.LatestAsync(cancellationToken);
        if ((size ?? checkpoint?.TreeSize) is not { } treeSize)
            return Problems.LogNotSigned();
        if (await RefuseSizeAsync("treeSize", size, log, cancellationToken) is { } refused)
            return refused;
        if (seq < 1 || seq > treeSize)
            return Problems.Invalid("seq", $"Has to be from 1 to {treeSize}, the size of the tree.");
        if (await log.ProveInclusionAsync(seq!.Value, treeSize, cancellationToken) is not { } proof)
            throw new LogDamagedException($"The ledger has no event {seq}, although there are later ones.");
        return TypedResults.Ok(new Inclusion(
            proof.Seq, proof.TreeSize, proof.Root, proof.LeafHash, proof.Path,
            await LoggedEvents.IsShownAsync(context, proof.Seq, proof.Event, register, cancellationToken) ? proof.Event.Leaf : null,
            checkpoint?.TreeSize == treeSize ? checkpoint.Note : null));
    }

    private static async Task<Results<Ok<ConsistencyProof>, ProblemHttpResult>> ProveConsistencyAsync(
        HttpContext context, ITransparencyLog log, CancellationToken cancellationToken)
    {
        var query = new QueryReader(context.Request);
        var (from, to) = (query.Number("from"), query.Number("to"));
        if (from is null && !query.Errors.Any)
            query.Errors.Add("from", "Is needed: the size of the earlier tree.");
        if (query.Errors.Any)
            return Problems.Invalid(query.Errors);
        if ((to ?? (await log.LatestAsync(cancellationToken))?.TreeSize) is not { } later)
            return Problems.LogNotSigned();
        if (await RefuseSizeAsync("to", to, log, cancellationToken) is { } refused)
            return refused;
        return from > later
            ? Problems.Invalid("from", $"Has to be at most {later}, the size of the later tree.")
            : TypedResults.Ok(await log.ProveConsistencyAsync(from!.Value, later, cancellationToken));
    }

    /// <summary>Refuses a size beyond what can be proven; one that is left out is that of a checkpoint.</summary>
    private static async Task<ProblemHttpResult?> RefuseSizeAsync(string name, long? size, ITransparencyLog log, CancellationToken cancellationToken) =>
        size is { } asked && await log.SizeAsync(cancellationToken) is var known && asked > known
            ? Problems.Invalid(name, $"Has to be at most {known}, which is as many events as can be proven by now.")
            : null;
}

/// <summary>Shows that an event is in the log. Hashes are lower-case hex.</summary>
/// <param name="Seq">The event; its place in the tree, counted from 1.</param>
/// <param name="TreeSize">The size of the tree.</param>
/// <param name="Root">The root of the tree.</param>
/// <param name="LeafHash">SHA-256 of a zero byte and the leaf.</param>
/// <param name="Path">The hashes by which the leaf's leads to the root, from the leaf up.</param>
/// <param name="Leaf">The event as it is hashed, in UTF-8; null where whoever asks may not be shown it.</param>
/// <param name="Checkpoint">The signed checkpoint of this very tree; null where it is not the newest one's.</param>
internal sealed record Inclusion(long Seq, long TreeSize, string Root, string LeafHash, IReadOnlyList<string> Path, string? Leaf, string? Checkpoint);
