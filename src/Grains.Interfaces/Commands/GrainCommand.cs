namespace Supervision;

/// <summary>What can be asked of a grain. A grain takes one command at a time.</summary>
public abstract partial record GrainCommand
{
    private GrainCommand()
    {
    }

    /// <summary>Documents that bear out what the command says; the event that it brings about first names them. Null without any.</summary>
    public IReadOnlyList<string>? Documents { get; init; }

    /// <summary>Registers an entity, or sets right what is registered of it.</summary>
    /// <param name="Name">The name, at most <see cref="EntityName.LengthMax"/> characters.</param>
    /// <param name="Region">Six-digit code or null.</param>
    /// <param name="Industry">Industry or null.</param>
    /// <param name="RiskClass">A to D or null.</param>
    /// <param name="Enterprise">The enterprise behind it; null: the one of <paramref name="EnterpriseName"/>, otherwise the one recorded, otherwise the one of the same name.</param>
    /// <param name="EnterpriseName">The name of that enterprise, which is entered with it when it is not registered yet; null: that of the entity, where its kind is named after its enterprise.</param>
    /// <param name="Relations">Every relation but that to the enterprise; null: those recorded stay.</param>
    public sealed record Register(
        string Name, string? Region, string? Industry, string? RiskClass, GrainId? Enterprise, string? EnterpriseName = null,
        IReadOnlyList<Relation>? Relations = null) : GrainCommand;

    /// <summary>
    /// One row of a list: registers the entity and its enterprise and grants the title, as far as that is not done yet. Of an
    /// entity that is registered nothing is changed; relations and names that it lacks are added.
    /// </summary>
    /// <param name="Entity">The entity as listed.</param>
    /// <param name="Grant">The title as listed; null: the row lists none.</param>
    /// <param name="Aliases">Further names; null: none.</param>
    public sealed record ImportListing(Register Entity, GrantTitle? Grant, IReadOnlyList<string>? Aliases = null) : GrainCommand;

    /// <summary>Grants a title.</summary>
    /// <param name="Policy">The policy.</param>
    /// <param name="Honour">The honour; null: the one the policy grants to the kind.</param>
    /// <param name="Level">The level.</param>
    /// <param name="Certificate">Number of the certificate or null.</param>
    /// <param name="GrantedOn">The date of the list or decision.</param>
    /// <param name="Evaluator">The third party or null.</param>
    /// <param name="Batch">The batch of the list or null.</param>
    public sealed record GrantTitle(
        string Policy, string? Honour, Level Level, string? Certificate, DateOnly GrantedOn, string? Evaluator, string? Batch = null) : GrainCommand;

    /// <summary>Orders a check, or records one drawn elsewhere.</summary>
    /// <param name="Title">The title to be checked.</param>
    /// <param name="Basis">Random (with a draw's reference) or directed (with a reason).</param>
    /// <param name="Reason">Reason of a directed check.</param>
    /// <param name="Draw">Reference of the draw of a random check.</param>
    /// <param name="DueBy">Last day for carrying it out.</param>
    /// <param name="Inspectors">Ids of the inspectors; may be empty at first.</param>
    /// <param name="Items">Items to be checked.</param>
    /// <param name="Declaration">The declaration that it verifies, or null.</param>
    /// <param name="Visit">The planned visit at the enterprise on which it is made; null: that of the same draw, otherwise one of its own.</param>
    /// <param name="Emergency">Why a directed check cannot wait for its approval; null: it waits.</param>
    /// <param name="Remote">Whether it is made from papers and data alone.</param>
    /// <param name="OnSite">Why it is made on site although each item can be checked from afar, or null.</param>
    public sealed record OrderCheck(
        TitleChoice Title, CheckBasis Basis, string? Reason, string? Draw, DateOnly DueBy, IReadOnlyList<string> Inspectors, IReadOnlyList<string> Items,
        string? Declaration = null, string? Visit = null, string? Emergency = null, bool Remote = false, string? OnSite = null) : GrainCommand;

    /// <summary>Approves a planned check as a second person.</summary>
    /// <param name="Check">The check.</param>
    public sealed record ApproveCheck(string Check) : GrainCommand;

    /// <summary>Records that the holder was told of a check.</summary>
    /// <param name="Check">The check.</param>
    /// <param name="On">The date.</param>
    /// <param name="Method">How.</param>
    /// <param name="Number">The number of the document or null.</param>
    public sealed record NotifyCheck(string Check, DateOnly On, string Method, string? Number = null) : GrainCommand;

    /// <summary>Enters the result of a check. An officer's counts at once, an inspector's once an officer confirms it.</summary>
    /// <param name="Check">The check.</param>
    /// <param name="Outcome">What was found.</param>
    /// <param name="On">The date of the check.</param>
    /// <param name="Inspectors">Who carried it out, by their ids.</param>
    /// <param name="Findings">What was found, item by item.</param>
    /// <param name="Verified">What was found of the values declared, of a check that verifies a declaration.</param>
    public sealed record RecordResult(
        string Check, CheckOutcome Outcome, DateOnly On, IReadOnlyList<string> Inspectors, IReadOnlyList<Finding> Findings,
        IReadOnlyList<FoundValue>? Verified = null) : GrainCommand;

    /// <summary>Confirms a result that an inspector entered.</summary>
    /// <param name="Check">The check.</param>
    public sealed record ConfirmResult(string Check) : GrainCommand;

    /// <summary>Calls a check off.</summary>
    /// <param name="Check">The check.</param>
    /// <param name="Reason">Why.</param>
    public sealed record CancelCheck(string Check, string Reason) : GrainCommand;

    /// <summary>Opens a case on a title.</summary>
    /// <param name="Title">The title.</param>
    /// <param name="Ground">The ground, as the policy names it.</param>
    /// <param name="Article">The article; null: the one the policy has for the ground.</param>
    /// <param name="Evidence">What supports it.</param>
    /// <param name="Urgent">Whether the shorter window is asked for.</param>
    /// <param name="Declaration">The declaration that it is about, or null.</param>
    public sealed record OpenCase(TitleChoice Title, string Ground, string? Article, string? Evidence, bool Urgent, string? Declaration = null) : GrainCommand;

    /// <summary>Records service of the notice; the window runs from it.</summary>
    /// <param name="Case">The case.</param>
    /// <param name="On">The date of service.</param>
    /// <param name="Method">How it was served.</param>
    /// <param name="Number">The number of the document or null.</param>
    public sealed record ServeCase(string Case, DateOnly On, string Method, string? Number = null) : GrainCommand;

    /// <summary>Records the holder's statement.</summary>
    /// <param name="Case">The case.</param>
    /// <param name="Text">The statement; private.</param>
    public sealed record RecordStatement(string Case, PrivateText Text) : GrainCommand;

    /// <summary>Decides a case as a second competent person, after the statement or the window.</summary>
    /// <param name="Case">The case.</param>
    /// <param name="Outcome">What is decided.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Number">The number of the decision.</param>
    public sealed record DecideCase(string Case, CaseOutcome Outcome, string Reason, string? Number) : GrainCommand;

    /// <summary>Records that an ordered rectification was done.</summary>
    /// <param name="Rectification">The rectification.</param>
    /// <param name="On">The date on which it was done.</param>
    /// <param name="Evidence">What shows it.</param>
    public sealed record CompleteRectification(string Rectification, DateOnly On, string Evidence) : GrainCommand;

    /// <summary>Gives back a title whose removal was quashed; the ban goes with it.</summary>
    /// <param name="Title">The title.</param>
    /// <param name="Case">The case whose decision was quashed.</param>
    /// <param name="Reason">Why, and by whom it was quashed.</param>
    /// <param name="Number">The number of the quashing decision.</param>
    public sealed record Reinstate(TitleChoice Title, string Case, string Reason, string? Number) : GrainCommand;

    /// <summary>Sets a mistyped result right, as a second person.</summary>
    /// <param name="Version">The version of the grain's event that entered the result.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Outcome">The right outcome; null: it stays.</param>
    /// <param name="On">The right date; null: it stays.</param>
    public sealed record CorrectResult(long Version, string Reason, CheckOutcome? Outcome, DateOnly? On) : GrainCommand;

    /// <summary>Sets a mistyped grant right, as a second person.</summary>
    /// <param name="Version">The version of the grain's event that granted the title.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="GrantedOn">The right date; null: it stays.</param>
    /// <param name="Certificate">The right certificate; null: it stays.</param>
    /// <param name="Evaluator">The right evaluator; null: it stays.</param>
    /// <param name="Batch">The right batch of the list; null: it stays.</param>
    public sealed record CorrectGrant(long Version, string Reason, DateOnly? GrantedOn, string? Certificate, string? Evaluator, string? Batch = null) : GrainCommand;

    /// <summary>Brings titles that follow from others (自动列入) about, once the policy that has them do so is in force; sent by the silo alone. Sent again it changes nothing.</summary>
    public sealed record RecogniseTitles : GrainCommand;

    /// <summary>Decides, as its authority, whether a title is adjusted because one was lost at another level.</summary>
    /// <param name="Adjustment">The proposal.</param>
    /// <param name="Outcome">Whether a case is opened.</param>
    /// <param name="Reason">Why; the evidence of a case.</param>
    /// <param name="Ground">The ground of a case; null: the one for which the other title was removed, where the policy has it.</param>
    /// <param name="Urgent">Whether the shorter window is asked for.</param>
    public sealed record DecideAdjustment(string Adjustment, AdjustmentOutcome Outcome, string Reason, string? Ground = null, bool Urgent = false) : GrainCommand;

    /// <summary>Moves a title to the rules of another policy; everything that belongs to the title goes along.</summary>
    /// <param name="Title">The title, under the policy that it leaves.</param>
    /// <param name="To">The policy that it is supervised under from then on.</param>
    /// <param name="On">The day from which the other rules apply.</param>
    public sealed record TransferTitle(TitleChoice Title, string To, DateOnly On) : GrainCommand;

    /// <summary>
    /// Records that the entity has another name. It becomes the listed one if the sender issues every title in force;
    /// otherwise it is reported, and the listed one stays until an authority that does publishes it by the same command.
    /// </summary>
    /// <param name="Name">The new name.</param>
    /// <param name="On">The first day of the new name.</param>
    public sealed record Rename(string Name, DateOnly On) : GrainCommand;

    /// <summary>Records a name under which the entity is known elsewhere.</summary>
    /// <param name="Name">The name.</param>
    /// <param name="Source">What shows that it is a name of this entity.</param>
    /// <param name="From">First day or null.</param>
    /// <param name="Until">Last day or null.</param>
    public sealed record RecordAlias(string Name, string Source, DateOnly? From, DateOnly? Until) : GrainCommand;

    /// <summary>
    /// Accepts that two entities of the register are one: this one is merged into the other, which takes over its names,
    /// titles and bans. An enterprise merged into its credit code need not be registered under that code.
    /// </summary>
    /// <param name="Into">The entity of the same kind that stays.</param>
    /// <param name="Source">What shows that they are one.</param>
    public sealed record Merge(GrainId Into, string Source) : GrainCommand;

    /// <summary>
    /// Withholds the entity, and everything behind which it is the enterprise, from all who do not supervise.
    /// </summary>
    /// <param name="Reason">Why.</param>
    public sealed record Restrict(string Reason) : GrainCommand;

    /// <summary>Ends the restriction of an entity, as a second person.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Release(string Reason) : GrainCommand;

    /// <summary>Time has passed: what has become due happens.</summary>
    public sealed record WakeUp : GrainCommand;

    /// <summary>Adopts a version of a policy or calendar.</summary>
    /// <param name="Version">The version, from 1.</param>
    /// <param name="Hash">SHA-256 of the content, in lower-case hex.</param>
    public sealed record AdoptRules(int Version, string Hash) : GrainCommand;
}

/// <summary>Names a title as far as it is needed to find it on its grain.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Honour">The honour; null where the grain has one under the policy.</param>
/// <param name="Level">The level; null where the grain has one title under the policy.</param>
public sealed record TitleChoice(string Policy, string? Honour = null, Level? Level = null);
