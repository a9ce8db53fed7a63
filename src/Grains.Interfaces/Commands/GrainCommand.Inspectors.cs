namespace Supervision;

public abstract partial record GrainCommand
{
    /// <summary>Enters an inspector in the register, or one that retired anew.</summary>
    /// <param name="Name">The name; private.</param>
    /// <param name="Regions">Where it inspects, by six-digit codes; empty: everywhere.</param>
    /// <param name="CertificateValidUntil">Last day of the certificate.</param>
    /// <param name="Fields">Fields of expertise.</param>
    /// <param name="Conflicts">Enterprises that it keeps away from.</param>
    public sealed record RegisterInspector(
        PrivateText Name, IReadOnlyList<string> Regions, DateOnly CertificateValidUntil, IReadOnlyList<string> Fields, IReadOnlyList<GrainId> Conflicts) : GrainCommand;

    /// <summary>Sets right what is registered of an inspector.</summary>
    /// <param name="Name">The name; private. The one registered, hash alone, where it stays.</param>
    /// <param name="Regions">Where it inspects, by six-digit codes; empty: everywhere.</param>
    /// <param name="CertificateValidUntil">Last day of the certificate.</param>
    /// <param name="Fields">Fields of expertise.</param>
    /// <param name="Conflicts">Enterprises that it keeps away from as well; null: none but those recorded.</param>
    public sealed record ChangeInspector(
        PrivateText Name, IReadOnlyList<string> Regions, DateOnly CertificateValidUntil, IReadOnlyList<string> Fields, IReadOnlyList<GrainId>? Conflicts = null)
        : GrainCommand;

    /// <summary>Takes an inspector out of service.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record RetireInspector(string Reason) : GrainCommand;

    /// <summary>Records that an inspector keeps away from an enterprise.</summary>
    /// <param name="Enterprise">The enterprise; it need not be registered.</param>
    /// <param name="Reason">Why.</param>
    public sealed record RecordConflict(GrainId Enterprise, string Reason) : GrainCommand;

    /// <summary>Ends a conflict, as another person than recorded it.</summary>
    /// <param name="Conflict">The conflict, for example <c>conflict-1</c>.</param>
    /// <param name="Reason">Why.</param>
    public sealed record EndConflict(string Conflict, string Reason) : GrainCommand;

    /// <summary>An enterprise was merged into another one: the conflict with it is one with that one, too.</summary>
    /// <param name="Merged">The enterprise that was merged.</param>
    /// <param name="Into">The one that stays.</param>
    public sealed record FollowMerge(GrainId Merged, GrainId Into) : GrainCommand;
}
