using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Supervision.Api.Binding;

namespace Supervision.Api.Reading;

/// <summary>A page of a list whose items are written as they are stored.</summary>
/// <typeparam name="T">What is listed.</typeparam>
internal sealed class JsonPage<T>(IReadOnlyList<T> items, string? nextCursor, Action<Utf8JsonWriter, T> write) : IResult
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = JsonBody.MediaType;
        await using var writer = new Utf8JsonWriter(response.BodyWriter, Writing);
        writer.WriteStartObject();
        writer.WriteStartArray("items");
        foreach (var item in items)
            write(writer, item);
        writer.WriteEndArray();
        writer.WriteString("nextCursor", nextCursor);
        writer.WriteEndObject();
        await writer.FlushAsync(httpContext.RequestAborted);
    }
}

/// <summary>A page as it is described.</summary>
/// <param name="Items">The items.</param>
/// <param name="NextCursor">The cursor of the next page; null on the last.</param>
internal sealed record Listed<T>(IReadOnlyList<T> Items, string? NextCursor = null);
