namespace Supervision;

public abstract partial record GrainCommand
{
    /// <summary>Records a surveillance of what was certified; a failed one suspends the certificate.</summary>
    /// <param name="Title">The title.</param>
    /// <param name="On">The date of the surveillance.</param>
    /// <param name="Outcome">How it ended.</param>
    /// <param name="Report">What the body reports.</param>
    public sealed record RecordSurveillance(TitleChoice Title, DateOnly On, SurveillanceOutcome Outcome, string Report) : GrainCommand;

    /// <summary>Suspends, revokes or cancels the certificate of a title.</summary>
    /// <param name="Title">The title.</param>
    /// <param name="State">What it becomes; nothing but time lets it expire.</param>
    /// <param name="Trigger">What brings that about, as the policy names it.</param>
    /// <param name="On">The date of the body's decision.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Number">The number of the decision or null.</param>
    public sealed record ChangeCertificate(TitleChoice Title, CertificateState State, string Trigger, DateOnly On, string Reason, string? Number) : GrainCommand;

    /// <summary>Ends the suspension of a certificate: what was wrong is corrected.</summary>
    /// <param name="Title">The title.</param>
    /// <param name="On">The date of the body's decision.</param>
    /// <param name="Evidence">What shows it.</param>
    public sealed record RestoreCertificate(TitleChoice Title, DateOnly On, string Evidence) : GrainCommand;

    /// <summary>Records that the body published what it decided about a certificate.</summary>
    /// <param name="Title">The title.</param>
    /// <param name="On">The date of the publication.</param>
    /// <param name="Place">Where it is to be found.</param>
    public sealed record PublishCertificate(TitleChoice Title, DateOnly On, string Place) : GrainCommand;

    /// <summary>Records the holder's application for renewal.</summary>
    /// <param name="Title">The title.</param>
    /// <param name="On">The date of the application.</param>
    public sealed record ApplyForRenewal(TitleChoice Title, DateOnly On) : GrainCommand;

    /// <summary>Renews a certificate for which the holder applied.</summary>
    /// <param name="Title">The title.</param>
    /// <param name="On">The date of the body's decision.</param>
    /// <param name="Certificate">The number of the renewed certificate; null: as before.</param>
    public sealed record RenewCertificate(TitleChoice Title, DateOnly On, string? Certificate) : GrainCommand;

    /// <summary>Refuses an application for renewal.</summary>
    /// <param name="Title">The title.</param>
    /// <param name="On">The date of the body's decision.</param>
    /// <param name="Reason">Why.</param>
    public sealed record DeclineRenewal(TitleChoice Title, DateOnly On, string Reason) : GrainCommand;
}
