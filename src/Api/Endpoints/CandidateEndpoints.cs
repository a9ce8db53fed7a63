using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Reading;

namespace Supervision.Api.Endpoints;

/// <summary>
/// Which entities a name may mean that is registered a little differently. They are proposals: nothing is merged or renamed but by
/// an officer's command.
/// </summary>
internal static class CandidateEndpoints
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/candidates", ListAsync).WithTags("entities").Does("listCandidates", "Proposes entities whose names resemble one, most alike first.")
            .RequireAuthorization(AccessPolicies.AllButEnterprises).Reads().WithMetadata(CandidateQuery.Contract).Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);

    private static async Task<Ok<Listed<Candidate>>> ListAsync(CandidateQuery query, Reader reader, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Listed<Candidate>(
            await reader.Register.CandidatesAsync(query.Name, new EntityFilter { Kind = query.Kind }, query.Limit, cancellationToken)));
}

/// <summary>The name that candidates are asked for.</summary>
internal sealed class CandidateQuery : IBound, IBindableFromHttpContext<CandidateQuery>
{
    private static readonly IReadOnlyList<string> Kinds = [.. GrainKind.Subjects.Select(kind => kind.Name)];

    private CandidateQuery(string name, string? kind, int limit, ProblemHttpResult? problem) => (Name, Kind, Limit, Problem) = (name, kind, limit, problem);

    /// <summary>The parameters.</summary>
    public static QueryContract Contract { get; } = new(
    [
        new("name", "The name as it was met, of two or more characters.", ValueForm.Text) { Required = true },
        new("kind", "The kind.", ValueForm.OneOf(Kinds)),
        QueryContract.Limit, QueryContract.MinSeq,
    ]);

    public string Name { get; }

    public string? Kind { get; }

    public int Limit { get; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; }

    /// <inheritdoc/>
    public static ValueTask<CandidateQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        var (name, kind, limit) = (query.Text("name"), query.OneOf("kind", Kinds), query.Limit());
        if (name is null && !query.Errors.Any)
            query.Errors.Add("name", "Is required.");
        else if (name is not null && EntityName.Normalise(name).EnumerateRunes().Count() < 2)
            query.Errors.Add("name", "Has to have two or more characters that can be seen.");
        return ValueTask.FromResult<CandidateQuery?>(
            new CandidateQuery(name ?? "", kind, limit, query.Errors.Any ? Problems.Invalid(query.Errors) : null));
    }
}
