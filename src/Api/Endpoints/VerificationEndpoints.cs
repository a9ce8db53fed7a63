using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Binding;

namespace Supervision.Api.Endpoints;

/// <summary>Public: whether a title can be relied on at this moment.</summary>
internal static class VerificationEndpoints
{
    private const int MatchesMax = 20;

    public static void Map(RouteGroupBuilder api)
    {
        var verify = api.MapGroup("/verify").WithTags("verification").AllowAnonymous();
        verify.MapGet("/{kind}/{key}", VerifyAsync).Does("verifyEntity", "Tells the standing of an entity.").Reads().Takes(QueryContract.MinSeq);
        verify.MapGet("", FindAsync).Does("findStanding", "Tells the standing of whatever has exactly this name, key or certificate.").Reads()
            .Takes(new QueryParameter("q", "The name, key or number of a certificate.", ValueForm.Text) { Required = true }, QueryContract.MinSeq);
    }

    private static async Task<Ok<Verification>> VerifyAsync(
        EntityAddress address, IRegister register, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (seq, asOf) = (register.Seq, clock.GetUtcNow());
        return TypedResults.Ok(Verification.Of(address.Entity, await register.FindAsync(address.Entity, cancellationToken), asOf, seq));
    }

    private static async Task<Results<Ok<Verifications>, ProblemHttpResult>> FindAsync(
        SearchQuery query, IRegister register, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (seq, asOf) = (register.Seq, clock.GetUtcNow());
        var found = new List<Verification>();
        foreach (var entity in await register.MatchAsync(query.Text, MatchesMax, cancellationToken))
        {
            if (await register.FindAsync(entity, cancellationToken) is { } snapshot)
                found.Add(Verification.Of(entity, snapshot, asOf, seq));
        }

        return TypedResults.Ok(new Verifications(
            found switch { [] => Standing.Unknown, [var only] => only.Standing, _ => null }, asOf, seq, found));
    }
}

/// <summary>What anyone may rely on about an entity.</summary>
/// <param name="Id">The entity.</param>
/// <param name="Name">Its listed name; null when it is not registered.</param>
/// <param name="Standing">The standing of its best title.</param>
/// <param name="AsOf">The instant of the answer.</param>
/// <param name="Seq">The ledger that the answer reflects.</param>
/// <param name="Titles">Its titles.</param>
internal sealed record Verification(GrainId Id, string? Name, Standing Standing, DateTimeOffset AsOf, long Seq, IReadOnlyList<VerifiedTitle> Titles)
{
    public static Verification Of(GrainId entity, EntitySnapshot? snapshot, DateTimeOffset asOf, long seq) => snapshot is null
        ? new Verification(entity, null, Standing.Unknown, asOf, seq, [])
        : new Verification(
            entity, snapshot.View.Name, snapshot.View.Standing, asOf, seq,
            [.. snapshot.View.Titles.Select(title => new VerifiedTitle(
                title.Policy, title.Honour, title.Level, title.Status, title.Since,
                title.Removal is { } removal ? new VerifiedDecision(removal.Number, removal.On, removal.Ground, removal.Article) : null))]);
}

/// <summary>A title as anyone may see it.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Honour">The honour.</param>
/// <param name="Level">The level.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Since">From which date.</param>
/// <param name="Decision">The decision by which it was lost, or null.</param>
internal sealed record VerifiedTitle(string Policy, string Honour, Level Level, TitleStatus Status, DateOnly Since, VerifiedDecision? Decision);

/// <summary>A decision as anyone may see it.</summary>
/// <param name="Number">Its number, or null.</param>
/// <param name="On">Its date.</param>
/// <param name="Ground">The ground.</param>
/// <param name="Article">The article.</param>
internal sealed record VerifiedDecision(string? Number, DateOnly On, string Ground, string Article);

/// <summary>What matches a text.</summary>
/// <param name="Standing">The standing of the only match, <c>unknown</c> without one, null where the items have to be told apart.</param>
/// <param name="AsOf">The instant of the answer.</param>
/// <param name="Seq">The ledger that the answer reflects.</param>
/// <param name="Items">The matches, at most 20.</param>
/// <param name="NextCursor">Always null: whoever has more matches has to ask more exactly.</param>
internal sealed record Verifications(Standing? Standing, DateTimeOffset AsOf, long Seq, IReadOnlyList<Verification> Items, string? NextCursor = null);
