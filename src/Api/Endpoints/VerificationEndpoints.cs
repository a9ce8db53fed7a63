using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Binding;
using Supervision.Api.Limits;
using Supervision.Api.Reading;

namespace Supervision.Api.Endpoints;

/// <summary>Public: whether a title can be relied on at this moment, or could be at another.</summary>
internal static class VerificationEndpoints
{
    private const int MatchesMax = 20;

    // As many questions asked together cost what one request does.
    private const int QuestionsOfARequest = 20;

    public static void Map(RouteGroupBuilder api)
    {
        var verify = api.MapGroup("/verify").WithTags("verification").AllowAnonymous();
        verify.MapGet("/{kind}/{key}", VerifyAsync).Does("verifyEntity", "Tells the standing of an entity; one that was merged into another leads there.").Reads()
            .Takes([.. AsOfQuery.Parameters, QueryContract.MinSeq]).Produces(StatusCodes.Status308PermanentRedirect);
        verify.MapGet("", FindAsync)
            .Does("findStanding", "Tells the standing of whatever has exactly this name, former name, alias, key, credit code or certificate.").Reads()
            .Takes(
            [
                new QueryParameter("q", "The name, former name, alias, key, identity, credit code or number of a certificate.", ValueForm.Text) { Required = true },
                .. AsOfQuery.Parameters, QueryContract.MinSeq,
            ]);
        verify.MapPost("", FindManyAsync).Does("findStandings", "Tells the standing of whatever has each of these names or numbers, in their order.").Reads()
            .Takes([.. AsOfQuery.Parameters, QueryContract.MinSeq])
            .Refuses(StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType);
    }

    private static async Task<Results<Ok<Verification>, RedirectHttpResult>> VerifyAsync(
        EntityAddress address, AsOfQuery asOf, Verifier verifier, TimeProvider clock, HttpRequest request, CancellationToken cancellationToken)
    {
        var register = verifier.Register;
        var answer = new Answer(clock.GetUtcNow(), register.Seq, Past.Of(asOf.Value));
        // Withheld now, it is as if it had never been registered.
        var found = await register.IsWithheldAsync(address.Entity, cancellationToken)
            ? null
            : (await register.FindAsync([address.Entity], asOf.Value, cancellationToken)).GetValueOrDefault(address.Entity);
        return found is { View.MergedInto: { } into }
            ? TypedResults.LocalRedirect($"/api/verify/{into}{request.QueryString}", permanent: true, preserveMethod: true)
            : TypedResults.Ok((await verifier.AnswerAsync([(address.Entity, found)], answer, cancellationToken))[0]);
    }

    private static async Task<Ok<Verifications>> FindAsync(
        SearchQuery query, AsOfQuery asOf, Verifier verifier, TimeProvider clock, CancellationToken cancellationToken)
    {
        var answer = new Answer(clock.GetUtcNow(), verifier.Register.Seq, Past.Of(asOf.Value));
        var (items, hasMore) = (await AnswerAsync([query.Text], asOf.Value, verifier, answer, cancellationToken))[0];
        return TypedResults.Ok(new Verifications(StandingOf(items), answer.At, answer.Seq, answer.Past, items, hasMore));
    }

    private static async Task<Results<Ok<AnsweredQuestions>, ProblemHttpResult>> FindManyAsync(
        Body<QuestionsBody> body, AsOfQuery asOf, Verifier verifier, TimeProvider clock, RequestShare share, HttpContext context, CancellationToken cancellationToken)
    {
        if (!share.TryTake(context, body.Value.Questions.Count / QuestionsOfARequest))
            return Problems.TooManyRequests();
        var answer = new Answer(clock.GetUtcNow(), verifier.Register.Seq, Past.Of(asOf.Value));
        var questions = body.Value.Questions;
        var found = await AnswerAsync(questions, asOf.Value, verifier, answer, cancellationToken);
        return TypedResults.Ok(new AnsweredQuestions(
            answer.At, answer.Seq, answer.Past, [.. questions.Zip(found, (question, matches) => new AnsweredQuestion(question, StandingOf(matches.Items), matches.Items, matches.HasMore))]));
    }

    private static async Task<IReadOnlyList<Page<Verification>>> AnswerAsync(
        IReadOnlyList<string> questions, AsOf? asOf, Verifier verifier, Answer answer, CancellationToken cancellationToken)
    {
        var matches = await verifier.Register.MatchAsync(questions, asOf, MatchesMax + 1, cancellationToken);
        var found = await verifier.Register.FindAsync(matches.SelectMany(grains => grains).ToHashSet(), asOf, cancellationToken);
        var answers = (await verifier.AnswerAsync([.. found.Select(entity => (entity.Key, (EntitySnapshot?)entity.Value))], answer, cancellationToken))
            .ToDictionary(verification => verification.Id);
        return
        [
            .. matches.Select(grains => grains.Where(answers.ContainsKey).Select(grain => answers[grain]).ToArray())
                .Select(found => new Page<Verification>([.. found.Take(MatchesMax)], found.Length > MatchesMax)),
        ];
    }

    private static Standing? StandingOf(IReadOnlyList<Verification> items) => items switch { [] => Standing.Unknown, [var only] => only.Standing, _ => null };
}

/// <summary>When an answer was given, and of what.</summary>
/// <param name="At">The instant of the answer.</param>
/// <param name="Seq">The ledger that it reflects.</param>
/// <param name="Past">The point in time that was asked for, or null.</param>
internal sealed record Answer(DateTimeOffset At, long Seq, Past? Past);

/// <summary>The point in time of which an answer tells.</summary>
/// <param name="AsOf">What took effect by the end of this day.</param>
/// <param name="KnownAt">As it was known at this instant.</param>
internal sealed record Past(DateOnly AsOf, DateTimeOffset KnownAt)
{
    public static Past? Of(AsOf? asOf) => asOf is null ? null : new Past(asOf.Day, asOf.KnownAt);
}

/// <summary>What is to be verified.</summary>
/// <param name="Questions">Names, former names, aliases, keys, identities, credit codes or numbers of certificates: 1 to 1,000, each as often as wanted.</param>
internal sealed record QuestionsBody(IReadOnlyList<string> Questions) : IChecked
{
    /// <inheritdoc/>
    public void Check(Errors errors)
    {
        if (Questions.Count == 0)
            errors.Add("questions", "Has to have at least one item.");
        for (var i = 0; i < Questions.Count; i++)
        {
            if (EntityName.Normalise(Questions[i]).Length == 0)
                errors.Add($"questions[{i}]", "Has to have characters that can be seen.");
        }
    }
}

/// <summary>Makes answers: what the register shows, where the public page is, and where the status list tells of the titles.</summary>
internal sealed class Verifier(IRegister register, IStatusLists lists, PublicAddress address)
{
    public IRegister Register => register;

    /// <summary>The answers about some entities, in their order; what is not registered has no snapshot.</summary>
    public async Task<IReadOnlyList<Verification>> AnswerAsync(
        IReadOnlyList<(GrainId Entity, EntitySnapshot? Snapshot)> found, Answer answer, CancellationToken cancellationToken)
    {
        // The lists tell of now; an answer of the past may name titles that are others since.
        var indexes = answer.Past is not null
            ? new Dictionary<(GrainId, TitleRef), long>()
            : await lists.IndexesAsync([.. found.Where(entity => entity.Snapshot is { View.Titles.Count: > 0 }).Select(entity => entity.Entity)], cancellationToken);
        return [.. found.Select(entity => Of(entity.Entity, entity.Snapshot?.View, answer, indexes))];
    }

    private Verification Of(GrainId entity, EntityView? view, Answer answer, IReadOnlyDictionary<(GrainId Entity, TitleRef Title), long> indexes) => new(
        entity, view?.Name, view?.Standing ?? Standing.Unknown, answer.At, answer.Seq, answer.Past,
        [.. (view?.Titles ?? []).Select(title => new VerifiedTitle(
            title.Policy, title.Honour, title.Level, title.Status, title.Since, VerifiedDecision.Of(title), title.ValidUntil,
            indexes.TryGetValue((entity, new TitleRef(title.Policy, title.Honour, title.Level)), out var index) ? index : null,
            title.DerivedFrom))],
        address.PageOf(entity));
}

/// <summary>What anyone may rely on about an entity.</summary>
/// <param name="Id">The entity.</param>
/// <param name="Name">Its listed name; null when it is not registered.</param>
/// <param name="Standing">The standing of its best title.</param>
/// <param name="AsOf">The instant of the answer.</param>
/// <param name="Seq">The ledger that the answer reflects.</param>
/// <param name="Past">The point in time that was asked for; null: now.</param>
/// <param name="Titles">Its titles.</param>
/// <param name="Link">Its public page.</param>
internal sealed record Verification(
    GrainId Id, string? Name, Standing Standing, DateTimeOffset AsOf, long Seq, Past? Past, IReadOnlyList<VerifiedTitle> Titles, string Link);

/// <summary>A title as anyone may see it.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Honour">The honour.</param>
/// <param name="Level">The level.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Since">From which date.</param>
/// <param name="Decision">The decision by which it was lost or suspended, or null.</param>
/// <param name="ValidUntil">The last day of its certificate, or null where it has none.</param>
/// <param name="StatusIndex">Its index in the status lists, which stays the same; null in answers of the past.</param>
/// <param name="DerivedFrom">The title that it follows from by itself, with the article, or null.</param>
internal sealed record VerifiedTitle(
    string Policy, string Honour, Level Level, TitleStatus Status, DateOnly Since, VerifiedDecision? Decision, DateOnly? ValidUntil, long? StatusIndex,
    Derivation? DerivedFrom);

/// <summary>A decision as anyone may see it.</summary>
/// <param name="Number">Its number, or null.</param>
/// <param name="On">Its date.</param>
/// <param name="Ground">The ground, or what made the certificate what it is.</param>
/// <param name="Article">The article.</param>
internal sealed record VerifiedDecision(string? Number, DateOnly On, string Ground, string Article)
{
    public static VerifiedDecision? Of(TitleView title) =>
        title.Removal is { } removal ? new VerifiedDecision(removal.Number, removal.On, removal.Ground, removal.Article)
        : title.CertificateState is { Trigger: { } trigger, Article: { } article } certificate ? new VerifiedDecision(certificate.Number, certificate.Since, trigger, article)
        : null;
}

/// <summary>What matches a text.</summary>
/// <param name="Standing">The standing of the only match, <c>unknown</c> without one, null where the items have to be told apart.</param>
/// <param name="AsOf">The instant of the answer.</param>
/// <param name="Seq">The ledger that the answer reflects.</param>
/// <param name="Past">The point in time that was asked for; null: now.</param>
/// <param name="Items">The matches, at most 20.</param>
/// <param name="HasMore">Whether there are more than those, which only a question that is more exact tells.</param>
/// <param name="NextCursor">Always null.</param>
internal sealed record Verifications(
    Standing? Standing, DateTimeOffset AsOf, long Seq, Past? Past, IReadOnlyList<Verification> Items, bool HasMore, string? NextCursor = null);

/// <summary>What matches each of several texts.</summary>
/// <param name="AsOf">The instant of the answer.</param>
/// <param name="Seq">The ledger that the answer reflects.</param>
/// <param name="Past">The point in time that was asked for; null: now.</param>
/// <param name="Items">An answer to each question, in their order.</param>
internal sealed record AnsweredQuestions(DateTimeOffset AsOf, long Seq, Past? Past, IReadOnlyList<AnsweredQuestion> Items);

/// <summary>What matches one of several texts.</summary>
/// <param name="Question">The text.</param>
/// <param name="Standing">The standing of the only match, <c>unknown</c> without one, null where the items have to be told apart.</param>
/// <param name="Items">The matches, at most 20.</param>
/// <param name="HasMore">Whether there are more than those.</param>
internal sealed record AnsweredQuestion(string Question, Standing? Standing, IReadOnlyList<Verification> Items, bool HasMore);
