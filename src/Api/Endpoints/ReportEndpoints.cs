using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Writing;

namespace Supervision.Api.Endpoints;

/// <summary>Self-declarations (yearly reports), from the filing to the written demand.</summary>
internal static class ReportEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var reports = api.MapGroup("/entities/{kind}/{key}/reports").WithTags("reports");
        reports.MapPost("", FileAsync).Does("fileReport", "Files the declaration of a year, or files it again.").Writes(AccessPolicies.OfficersAndEnterprises);
        reports.MapGet("/{id}", ShowAsync).Does("showReport", "Shows a declaration.").RequireAuthorization(AccessPolicies.AnyKey).Reads().Takes(QueryContract.MinSeq)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
        reports.MapPost("/{id}/return", ReturnAsync).Does("returnReport", "Sends a declaration back to be filed again.").Writes(AccessPolicies.Officers);
        reports.MapPost("/{id}/acceptance", AcceptAsync).Does("acceptReport", "Takes a declaration as it is.").Writes(AccessPolicies.Officers);
        reports.MapPost("/{id}/demand", DemandAsync).Does("demandReport", "Records service of the written demand for an overdue declaration.")
            .Writes(AccessPolicies.Officers);
    }

    private static Task<Results<EntityWritten, ProblemHttpResult>> FileAsync(
        EntityWrite<ReportBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, write.Body.ToCommand(), cancellationToken);

    private static async Task<Results<Ok<ReportView>, ProblemHttpResult>> ShowAsync(EntityAddress address, Reader reader, CancellationToken cancellationToken) =>
        await reader.Register.FindAsync(address.Entity, cancellationToken) is not { View: var entity } ? Problems.From(new Rejection.NotRegistered(address.Entity))
        : entity.Reports.FirstOrDefault(report => report.Id == address.Part) is { } found ? TypedResults.Ok(found)
        : Problems.From(new Rejection.DeclarationNotFound(address.Part));

    private static Task<Results<EntityWritten, ProblemHttpResult>> ReturnAsync(
        EntityWrite<ReturnBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.ReturnDeclaration(write.Part, write.Body.Reason), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> AcceptAsync(
        EntityWrite<AcceptanceBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.AcceptDeclaration(write.Part, write.Body.Score), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> DemandAsync(
        EntityWrite<NoticeBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.DemandDeclaration(write.Part, write.Body.On, write.Body.Method), cancellationToken);
}

/// <summary>A declaration.</summary>
/// <param name="Policy">The policy that asks for it.</param>
/// <param name="Year">The year that it is about.</param>
/// <param name="Round">The round, where the policy holds several about the year.</param>
/// <param name="Enterprise">The enterprise that files, by its key or identity; left out: entered for the holder.</param>
/// <param name="Standard">The standard whose indicators are declared, where the catalogue has several for kind and year.</param>
/// <param name="Indicators">The values.</param>
/// <param name="Score">The score of the evaluation, from 0 to 100.</param>
/// <param name="Reference">Where the table itself is to be found, for example its number on the platform.</param>
internal sealed record ReportBody(
    string Policy, long Year, string? Round = null, string? Enterprise = null, string? Standard = null, IReadOnlyList<DeclaredValueBody>? Indicators = null,
    decimal? Score = null, string? Reference = null) : IChecked
{
    private const int YearMin = 1900;

    private const int YearMax = 2999;

    /// <inheritdoc/>
    public void Check(Errors errors)
    {
        if (Year is < YearMin or > YearMax)
            errors.Add("year", $"Has to be from {YearMin} to {YearMax}.");
        if (Enterprise is not null && !Texts.TryEnterprise(Enterprise, out _))
            errors.Add("enterprise", Texts.EnterpriseForm);
    }

    /// <summary>The command.</summary>
    public GrainCommand ToCommand() => new GrainCommand.FileDeclaration(
        Policy, Round, (int)Year, Enterprise is not null && Texts.TryEnterprise(Enterprise, out var enterprise) ? enterprise : null, Standard,
        [.. (Indicators ?? []).Select(declared => new DeclaredIndicator(declared.Indicator, declared.Value, declared.Unit))], Score, Reference);
}

/// <summary>A declared value.</summary>
/// <param name="Indicator">The indicator, as the catalogue names it.</param>
/// <param name="Value">The value.</param>
/// <param name="Unit">Its unit, that of the catalogue.</param>
internal sealed record DeclaredValueBody(string Indicator, decimal Value, string Unit);

/// <summary>Why a declaration is sent back.</summary>
/// <param name="Reason">What is wrong with it.</param>
internal sealed record ReturnBody([property: FreeText] string Reason);

/// <summary>That a declaration is taken as it is.</summary>
/// <param name="Score">The score, where the authority has another than the one declared.</param>
internal sealed record AcceptanceBody(decimal? Score = null);
