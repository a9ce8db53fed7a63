using Supervision.Api.Binding;

namespace Supervision.Api.Endpoints;

/// <summary>A grant.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Level">The level.</param>
/// <param name="GrantedOn">The date of the list or decision.</param>
/// <param name="Honour">The honour; left out: the one that the policy grants to the kind.</param>
/// <param name="Certificate">Number of the certificate.</param>
/// <param name="Evaluator">The third party.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record GrantBody(
    string Policy, Level Level, DateOnly GrantedOn, string? Honour = null, string? Certificate = null, string? Evaluator = null,
    IReadOnlyList<string>? Documents = null) : INamesDocuments;

/// <summary>A correction of exactly one of a result or a grant.</summary>
/// <param name="Corrects">The version of the event that is set right, as the history shows it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Result">The right result.</param>
/// <param name="Grant">The right grant.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record CorrectionBody(
    long Corrects, [property: FreeText] string Reason, ResultCorrectionBody? Result = null, GrantCorrectionBody? Grant = null,
    IReadOnlyList<string>? Documents = null) : IChecked, INamesDocuments
{
    /// <inheritdoc/>
    public void Check(Errors errors)
    {
        if (Corrects < 1)
            errors.Add("corrects", "Has to be the version of an event, from 1.");
        if (Result is null == Grant is null)
            errors.Add(Result is null ? "result" : "grant", "Exactly one of result and grant has to be given.");
        else if (Result is { Outcome: null, On: null })
            errors.Add("result", "Has to have outcome or on.");
        else if (Grant is { GrantedOn: null, Certificate: null, Evaluator: null, Batch: null })
            errors.Add("grant", "Has to have grantedOn, certificate, evaluator or batch.");
    }

    /// <summary>The command.</summary>
    public GrainCommand ToCommand() => Result is not null
        ? new GrainCommand.CorrectResult(Corrects, Reason, Result.Outcome, Result.On)
        : new GrainCommand.CorrectGrant(Corrects, Reason, Grant!.GrantedOn, Grant.Certificate, Grant.Evaluator, Grant.Batch);
}

/// <summary>The right result; what is left out stays.</summary>
internal sealed record ResultCorrectionBody(CheckOutcome? Outcome = null, DateOnly? On = null);

/// <summary>The right grant; what is left out stays.</summary>
internal sealed record GrantCorrectionBody(DateOnly? GrantedOn = null, string? Certificate = null, string? Evaluator = null, string? Batch = null);

/// <summary>A reinstatement.</summary>
/// <param name="Policy">The policy of the title.</param>
/// <param name="Level">The level of the title.</param>
/// <param name="Case">The case whose decision was quashed.</param>
/// <param name="Reason">Why, and by whom it was quashed.</param>
/// <param name="Honour">The honour, where the entity has several under the policy.</param>
/// <param name="Number">The number of the quashing decision.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record ReinstatementBody(
    string Policy, Level Level, string Case, [property: FreeText] string Reason, string? Honour = null, string? Number = null,
    IReadOnlyList<string>? Documents = null) : INamesDocuments;

/// <summary>A transfer of a title to the rules of another policy.</summary>
/// <param name="From">The policy that the title is under.</param>
/// <param name="To">The policy that it is supervised under from then on.</param>
/// <param name="On">The day from which the other rules apply.</param>
/// <param name="Level">The level, where the entity has several titles under the policy.</param>
/// <param name="Honour">The honour, where the entity has several titles under the policy.</param>
internal sealed record TransferBody(string From, string To, DateOnly On, Level? Level = null, string? Honour = null);
