using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Writing;

namespace Supervision.Api.Endpoints;

/// <summary>What a file is, as the address of its upload says.</summary>
internal sealed class ImportQuery : IBound, IBindableFromHttpContext<ImportQuery>
{
    private static readonly IReadOnlyList<string> Formats = ["national-list", "register", "vetoes", "inspectors"];

    private ImportQuery(ImportRequest request, ProblemHttpResult? problem) => (Request, Problem) = (request, problem);

    /// <summary>The parameters.</summary>
    public static QueryContract Contract { get; } = new(
    [
        new("format", "The format of the file.", ValueForm.OneOf(Formats)) { Required = true },
        new("policy", "The policy under which the titles of a national-list are; in a register every row names its own.", ValueForm.Text),
        new("dryRun", "Whether everything is checked and nothing is written; false when left out.", ValueForm.Bool),
    ]);

    public ImportRequest Request { get; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; }

    /// <inheritdoc/>
    public static ValueTask<ImportQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        var format = query.OneOf("format", Formats);
        var policy = query.Text("policy");
        var dryRun = query.Bool("dryRun") ?? false;
        foreach (var required in Contract.Parameters.Where(known => known.Required && !context.Request.Query.ContainsKey(known.Name)))
            query.Errors.Add(required.Name, "Is required.");
        var idempotencyKey = WriteHeaders.ReadIdempotencyKey(context.Request, query.Errors);
        var holder = KeyPrincipal.Of(context);
        var id = idempotencyKey is null ? Guid.NewGuid() : WriteHeaders.CommandId(context, holder.KeyId, idempotencyKey);
        return ValueTask.FromResult<ImportQuery?>(new ImportQuery(
            new ImportRequest(id, format ?? "", policy, dryRun, holder.Actor), query.Errors.Any ? Problems.Invalid(query.Errors) : null));
    }
}

/// <summary>Marks endpoints that take an idempotency key without being writes to an entity.</summary>
internal sealed class TakesIdempotencyKey
{
    public static TakesIdempotencyKey Instance { get; } = new();
}
