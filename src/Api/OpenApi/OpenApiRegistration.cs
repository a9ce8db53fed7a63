using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Supervision.Api.OpenApi;

/// <summary>The description of the interface, at <c>/openapi/v1.json</c>.</summary>
internal static class OpenApiRegistration
{
    /// <summary>The name of the security scheme in the description.</summary>
    public const string KeyScheme = "key";

    public static void AddSupervisionOpenApi(this IServiceCollection services) =>
        services.AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddSchemaTransformer(Schemas.DescribeAsync);
            options.AddOperationTransformer(Operations.DescribeAsync);
            options.AddDocumentTransformer(DescribeAsync);
        });

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Supervision",
            Version = "1",
            Description = "Dynamic supervision of certified green factories. Dates are civil dates in Asia/Shanghai, yyyy-MM-dd; instants are RFC 3339 in UTC. "
                + "Refusals are problem details (RFC 9457) whose type is " + Problems.TypeBase + " and the code.",
        };
        document.Servers?.Clear();
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[KeyScheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "A key made by POST /api/keys. The roles that may use an operation stand in its x-roles; the first admin key may also do what officers do. "
                + "What is marked x-privileged is recorded in the audit trail, and so is every denial.",
        };
        return Task.CompletedTask;
    }
}
