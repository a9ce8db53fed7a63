namespace Supervision;

public abstract partial record Rejection
{
    private const string DrawArticle = "优化营商环境条例 第五十四条";

    /// <summary>The grain is no draw.</summary>
    public sealed record NotADraw(GrainId Grain)
        : Rejection(RejectionClass.Conflict, "not-a-draw", Contract, $"{Grain} is not a draw.");

    /// <summary>There is no such draw.</summary>
    public sealed record DrawNotFound(string Draw)
        : Rejection(RejectionClass.NotFound, "draw-not-found", Contract, $"There is no draw '{Draw}'.");

    /// <summary>A draw of that id was announced before; it is neither changed nor made again.</summary>
    public sealed record DrawAlreadyAnnounced(string Draw)
        : Rejection(RejectionClass.Conflict, "draw-already-announced", DrawArticle, $"'{Draw}' was announced already; an announced draw is neither changed nor announced again.");

    /// <summary>The scope has nobody who could be drawn.</summary>
    public sealed record RosterEmpty(int Excluded)
        : Rejection(RejectionClass.Conflict, "roster-empty", DrawArticle, $"Nobody in this scope can be drawn; {Excluded} holders are left out.");

    /// <summary>More are asked for than take part.</summary>
    public sealed record QuotaTooLarge(int Size, int Eligible)
        : Rejection(RejectionClass.Conflict, "quota-too-large", DrawArticle, $"{Size} are asked for, and {Eligible} take part.", "size");

    /// <summary>The policy has no rates, and none is given.</summary>
    public sealed record DrawRateNeeded(string Policy)
        : Rejection(RejectionClass.Invalid, "draw-rate-needed", DrawArticle, $"'{Policy}' has no rates of draws; give a rate or a size.", "rate");

    /// <summary>The policy grants nothing to that kind at that level.</summary>
    public sealed record DrawScopeEmpty(string Policy, string Detailed)
        : Rejection(RejectionClass.Invalid, "draw-scope-empty", Contract, $"'{Policy}' grants nothing {Detailed}.", "scope");

    /// <summary>The public value is known already when the draw is announced, or the draw is to be made before it is.</summary>
    public sealed record PublicValueTooEarly(string Member, DateTimeOffset At, DateTimeOffset After)
        : Rejection(RejectionClass.Invalid, "public-value-too-early", DrawArticle, $"{Member} has to lie after {After:yyyy-MM-ddTHH:mm:ss.fffZ}; {At:yyyy-MM-ddTHH:mm:ss.fffZ} does not.", Member);

    /// <summary>The draw is to be made later.</summary>
    public sealed record DrawTooEarly(string Draw, DateTimeOffset NotBefore)
        : Rejection(RejectionClass.Conflict, "draw-too-early", DrawArticle, $"'{Draw}' is not made before {NotBefore:yyyy-MM-ddTHH:mm:ss.fffZ}.");

    /// <summary>The last day of the visits has passed.</summary>
    public sealed record DrawTooLate(string Draw, DateOnly DueBy)
        : Rejection(RejectionClass.Conflict, "draw-too-late", DrawArticle, $"The visits of '{Draw}' were to be made by {DueBy:yyyy-MM-dd}.");

    /// <summary>Nobody approved the draw yet.</summary>
    public sealed record DrawNotApproved(string Draw)
        : Rejection(RejectionClass.Conflict, "draw-not-approved", "国办发〔2024〕54号", $"'{Draw}' waits for the approval of a second person.");

    /// <summary>The draw was approved already.</summary>
    public sealed record DrawAlreadyApproved(string Draw)
        : Rejection(RejectionClass.Conflict, "draw-already-approved", "国办发〔2024〕54号", $"'{Draw}' was approved already.");

    /// <summary>The draw was made already.</summary>
    public sealed record DrawAlreadyExecuted(string Draw)
        : Rejection(RejectionClass.Conflict, "draw-already-executed", DrawArticle, $"'{Draw}' was made already; a draw is made once.");

    /// <summary>The secret is not the one that the announcement commits to.</summary>
    public sealed record SecretDiffers(string Draw)
        : Rejection(RejectionClass.Conflict, "secret-differs", DrawArticle, $"The secret of '{Draw}' is not the one that its announcement commits to.");

    /// <summary>The draw is not where the command expects it.</summary>
    public sealed record DrawNotThere(string Draw, DrawStatus Status)
        : Rejection(RejectionClass.Conflict, "draw-status", Contract, $"'{Draw}' is {KebabCase<DrawStatus>.Word(Status)}.");
}
