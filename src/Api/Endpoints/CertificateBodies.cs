using Supervision.Api.Binding;

namespace Supervision.Api.Endpoints;

/// <summary>A surveillance.</summary>
/// <param name="Policy">The policy of the title.</param>
/// <param name="On">The date of the surveillance.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Report">What the body reports.</param>
/// <param name="Level">The level, where the entity has several titles under the policy.</param>
/// <param name="Honour">The honour, where the entity has several titles under the policy.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record SurveillanceBody(
    string Policy, DateOnly On, SurveillanceOutcome Outcome, [property: FreeText] string Report, Level? Level = null, string? Honour = null,
    IReadOnlyList<string>? Documents = null) : INamesDocuments
{
    internal TitleChoice Title => new(Policy, Honour, Level);
}

/// <summary>A suspension, revocation or cancellation.</summary>
/// <param name="Policy">The policy of the title.</param>
/// <param name="Trigger">What brings it about, as the policy names it.</param>
/// <param name="On">The date of the body's decision.</param>
/// <param name="Reason">Why.</param>
/// <param name="Number">The number of the decision.</param>
/// <param name="Level">The level, where the entity has several titles under the policy.</param>
/// <param name="Honour">The honour, where the entity has several titles under the policy.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record CertificateChangeBody(
    string Policy, string Trigger, DateOnly On, [property: FreeText] string Reason, string? Number = null, Level? Level = null, string? Honour = null,
    IReadOnlyList<string>? Documents = null) : INamesDocuments
{
    internal GrainCommand ToCommand(CertificateState state) => new GrainCommand.ChangeCertificate(new TitleChoice(Policy, Honour, Level), state, Trigger, On, Reason, Number);
}

/// <summary>The end of a suspension.</summary>
/// <param name="Policy">The policy of the title.</param>
/// <param name="On">The date of the body's decision.</param>
/// <param name="Evidence">What shows that it is corrected.</param>
/// <param name="Level">The level, where the entity has several titles under the policy.</param>
/// <param name="Honour">The honour, where the entity has several titles under the policy.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record RestorationBody(
    string Policy, DateOnly On, [property: FreeText] string Evidence, Level? Level = null, string? Honour = null, IReadOnlyList<string>? Documents = null) : INamesDocuments
{
    internal TitleChoice Title => new(Policy, Honour, Level);
}

/// <summary>That the body published what it decided.</summary>
/// <param name="Policy">The policy of the title.</param>
/// <param name="On">The date of the publication.</param>
/// <param name="Place">Where it is to be found.</param>
/// <param name="Level">The level, where the entity has several titles under the policy.</param>
/// <param name="Honour">The honour, where the entity has several titles under the policy.</param>
internal sealed record CertificatePublicationBody(string Policy, DateOnly On, string Place, Level? Level = null, string? Honour = null)
{
    internal TitleChoice Title => new(Policy, Honour, Level);
}

/// <summary>An application for renewal.</summary>
/// <param name="Policy">The policy of the title.</param>
/// <param name="On">The date of the application.</param>
/// <param name="Level">The level, where the entity has several titles under the policy.</param>
/// <param name="Honour">The honour, where the entity has several titles under the policy.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record RenewalApplicationBody(string Policy, DateOnly On, Level? Level = null, string? Honour = null, IReadOnlyList<string>? Documents = null) : INamesDocuments
{
    internal TitleChoice Title => new(Policy, Honour, Level);
}

/// <summary>A renewal.</summary>
/// <param name="Policy">The policy of the title.</param>
/// <param name="On">The date of the body's decision.</param>
/// <param name="Certificate">The number of the renewed certificate; left out: as before.</param>
/// <param name="Level">The level, where the entity has several titles under the policy.</param>
/// <param name="Honour">The honour, where the entity has several titles under the policy.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record RenewalBody(
    string Policy, DateOnly On, string? Certificate = null, Level? Level = null, string? Honour = null, IReadOnlyList<string>? Documents = null) : INamesDocuments
{
    internal TitleChoice Title => new(Policy, Honour, Level);
}

/// <summary>A refusal of renewal.</summary>
/// <param name="Policy">The policy of the title.</param>
/// <param name="On">The date of the body's decision.</param>
/// <param name="Reason">Why.</param>
/// <param name="Level">The level, where the entity has several titles under the policy.</param>
/// <param name="Honour">The honour, where the entity has several titles under the policy.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record RenewalRefusalBody(
    string Policy, DateOnly On, [property: FreeText] string Reason, Level? Level = null, string? Honour = null, IReadOnlyList<string>? Documents = null) : INamesDocuments
{
    internal TitleChoice Title => new(Policy, Honour, Level);
}
