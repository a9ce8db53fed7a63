using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Supervision.Api.Binding;

/// <summary>A body with rules that go beyond its single members.</summary>
internal interface IChecked
{
    /// <summary>Adds what is wrong with it.</summary>
    void Check(Errors errors);
}

/// <summary>The body of a request that says everything by its address.</summary>
internal sealed record NoMembers;

/// <summary>Reads JSON bodies strictly.</summary>
internal static class JsonBody
{
    public const int BytesMax = 1 << 20;

    public const string MediaType = "application/json";

    private static readonly JsonDocumentOptions Parsing = new() { MaxDepth = ApiJson.DepthMax };

    /// <summary>The bytes of the body, or why they are not taken.</summary>
    public static async ValueTask<(byte[] Bytes, ProblemHttpResult? Problem)> ReadAsync(HttpRequest request, bool mayBeEmpty)
    {
        if (request.ContentLength > BytesMax)
            return ([], Problems.BodyTooLarge(BytesMax));
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted);
            if (read.Buffer.Length > BytesMax)
                return ([], Problems.BodyTooLarge(BytesMax));
            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var bytes = read.Buffer.ToArray();
            reader.AdvanceTo(read.Buffer.End);
            return (bytes.Length == 0 && mayBeEmpty) || IsJson(request.ContentType)
                ? (bytes, null)
                : ([], Problems.UnsupportedMediaType(MediaType));
        }
    }

    /// <summary>The body that the bytes stand for; null with errors otherwise.</summary>
    public static TBody? Parse<TBody>(byte[] bytes, Errors errors)
        where TBody : class
    {
        if (bytes.Length == 0 && typeof(TBody) == typeof(NoMembers))
            return new NoMembers() as TBody;
        if (!Utf8.IsValid(bytes))
        {
            errors.Add("body", "Has to be in UTF-8.");
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, Parsing);
            var type = (JsonTypeInfo<TBody>)ApiJson.Bodies.GetTypeInfo(typeof(TBody));
            var before = errors.Count;
            JsonShape.Check(document.RootElement, type, errors);
            if (errors.Count > before)
                return null;
            var body = document.RootElement.Deserialize(type);
            (body as IChecked)?.Check(errors);
            (body as INamesDocuments)?.CheckDocuments(errors);
            return body;
        }
        catch (JsonException malformed)
        {
            errors.Add(
                "body",
                $"Has to be JSON, nested at most {ApiJson.DepthMax} deep; reading ended at line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1}.");
            return null;
        }
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
