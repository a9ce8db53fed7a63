using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using QRCoder;
using Supervision.Api.Binding;

namespace Supervision.Api.Pages;

/// <summary>Public pages: what a QR code on a notice or plate leads to.</summary>
internal static class PageEndpoints
{
    private const string HtmlType = "text/html; charset=utf-8";

    private const string SvgType = "image/svg+xml";

    // In units of the code's squares, whose number grows with the address.
    private const int PixelsPerModule = 8;

    public static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/v/{kind}/{key}").AllowAnonymous().ExcludeFromDescription();
        pages.MapGet("", ShowAsync);
        pages.MapGet("/qr.svg", ShowCode);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, IRegister register, TimeProvider clock)
    {
        if (EntityOf(context) is not { } entity)
            return Problems.ForStatus(StatusCodes.Status404NotFound);
        var seq = register.Seq;
        // To whoever asks, as the public is shown it: what is withheld is as if it had never been registered.
        var found = await register.IsWithheldAsync(entity, context.RequestAborted) ? null : await register.FindAsync(entity, context.RequestAborted);
        if (found?.View.MergedInto is { } into)
            return TypedResults.LocalRedirect($"/v/{into}", permanent: true, preserveMethod: true);
        context.Response.Headers.ContentSecurityPolicy = TitlePage.ContentSecurityPolicy;
        return TypedResults.Content(
            TitlePage.Of(entity, found?.View, clock.GetUtcNow(), seq), HtmlType, Encoding.UTF8, found is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK);
    }

    private static IResult ShowCode(HttpContext context, PublicAddress address)
    {
        if (EntityOf(context) is not { } entity)
            return Problems.ForStatus(StatusCodes.Status404NotFound);
        var page = address.Base is null ? $"{context.Request.Scheme}://{context.Request.Host}{address.PageOf(entity)}" : address.PageOf(entity);
        using var data = QRCodeGenerator.GenerateQrCode(page, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return TypedResults.Text(code.GetGraphic(PixelsPerModule), SvgType, Encoding.UTF8);
    }

    private static GrainId? EntityOf(HttpContext context)
    {
        var errors = new Errors();
        var entity = EntityAddress.Parse(context.Request, errors);
        return errors.Any ? null : entity;
    }
}
