using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Supervision.Api.Reading;

/// <summary>The headers that say what an answer reflects.</summary>
internal static class ReadHeaders
{
    public const string Seq = "Supervision-Seq";

    /// <summary>Says up to where in the ledger the answer reflects it, at least.</summary>
    public static void SetSeq(HttpResponse response, long seq) => response.Headers[Seq] = seq.ToString(CultureInfo.InvariantCulture);
}
