namespace Supervision;

public abstract partial record GrainCommand
{
    /// <summary>Records service of the decision of a case; the remedies and an ordered rectification run from it.</summary>
    /// <param name="Case">The case.</param>
    /// <param name="On">The date of service.</param>
    /// <param name="Method">How it was served.</param>
    /// <param name="Number">The number of the document; null: that of the decision.</param>
    public sealed record ServeDecision(string Case, DateOnly On, string Method, string? Number = null) : GrainCommand;

    /// <summary>Records that the result of a check or the decision of a case was published.</summary>
    /// <param name="Of">The check or case.</param>
    /// <param name="On">The date of publication.</param>
    /// <param name="Place">Where: an address, or the name of the place.</param>
    public sealed record Publish(string Of, DateOnly On, string Place) : GrainCommand;

    /// <summary>Records that what was published of a check or case was withdrawn from publication, or that it is not published.</summary>
    /// <param name="Of">The check or case.</param>
    /// <param name="On">The date.</param>
    /// <param name="Reason">Why.</param>
    public sealed record WithdrawPublication(string Of, DateOnly On, string Reason) : GrainCommand;
}
