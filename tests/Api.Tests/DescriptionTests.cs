using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace Supervision.Api.Tests;

public sealed class DescriptionTests : IAsyncLifetime
{
    private ApiHost _api = null!;

    private JsonElement _document;

    public async ValueTask InitializeAsync()
    {
        _api = await ApiHost.StartAsync();
        _document = await (await _api.SendAsync("GET", "/openapi/v1.json", key: null)).JsonAsync();
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public void Every_endpoint_is_described_with_who_may_use_it()
    {
        Assert.StartsWith("3.1", _document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        foreach (var endpoint in _api.Endpoints.Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal)))
        {
            var operation = Operation(endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0], endpoint.RoutePattern.RawText!.TrimEnd('/'));

            var isPublic = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            var security = operation.GetProperty("security");
            Assert.Equal(isPublic ? 0 : 1, security.GetArrayLength());
            Assert.All(security.EnumerateArray(), requirement => Assert.True(requirement.TryGetProperty("key", out _)));
            Assert.Equal(!isPublic, operation.GetProperty("responses").TryGetProperty("401", out _));
            Assert.All(endpoint.RoutePattern.Parameters, part => Assert.Contains(part.Name, ParametersOf(operation)));
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
        }

        Assert.Equal("bearer", _document.GetProperty("components").GetProperty("securitySchemes").GetProperty("key").GetProperty("scheme").GetString());
    }

    [Fact]
    public void Enumerations_are_described_by_their_words()
    {
        var schemas = _document.GetProperty("components").GetProperty("schemas").GetRawText();

        foreach (var type in new[] { typeof(Level), typeof(CheckOutcome), typeof(CaseOutcome), typeof(TitleStatus), typeof(Role), typeof(ImportStatus), typeof(Standing) })
            Assert.Contains(JsonSerializer.Serialize(EnumWords.Of(type)), schemas.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_are_described_with_their_headers_bodies_and_problems()
    {
        var operation = Operation("POST", "/api/entities/{kind}/{key}/checks/{id}/result");

        Assert.Equal(["kind", "key", "id", "Idempotency-Key", "If-Match", "If-None-Match"], ParametersOf(operation));
        var body = operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        Assert.Equal("#/components/schemas/ResultBody", body.GetProperty("$ref").GetString());
        foreach (var status in new[] { "400", "401", "403", "404", "409", "412", "413", "415", "422", "503" })
        {
            var problem = operation.GetProperty("responses").GetProperty(status).GetProperty("content").GetProperty("application/problem+json").GetProperty("schema");
            Assert.Equal("#/components/schemas/Problem", problem.GetProperty("$ref").GetString());
        }

        var result = _document.GetProperty("components").GetProperty("schemas").GetProperty("ResultBody");
        Assert.False(result.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal(["outcome", "on", "inspectors"], result.GetProperty("required").EnumerateArray().Select(member => member.GetString()));
    }

    [Fact]
    public void Lists_are_described_with_their_parameters()
    {
        Assert.Equal(
            ["kind", "region", "status", "level", "policy", "riskClass", "exempt", "enterprise", "q", "dueBefore", "asOf", "knownAt", "limit", "cursor", "minSeq"],
            ParametersOf(Operation("GET", "/api/entities")));
    }

    [Fact]
    public void Every_code_of_a_problem_is_listed()
    {
        var codes = _document.GetProperty("components").GetProperty("schemas").GetProperty("Problem").GetProperty("properties").GetProperty("code")
            .GetProperty("description").GetString();

        foreach (var code in new[] { "invalid-request", "outcome-unknown", "stale-version", "exempt", "title-ambiguous", "honour-not-granted" })
            Assert.Contains(code, codes, StringComparison.Ordinal);
    }

    private JsonElement Operation(string method, string path) =>
#pragma warning disable CA1308 // OpenAPI names methods in lower case.
        _document.GetProperty("paths").GetProperty(path).GetProperty(method.ToLowerInvariant());
#pragma warning restore CA1308

    private static IReadOnlyList<string?> ParametersOf(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters) ? [.. parameters.EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString())] : [];
}
