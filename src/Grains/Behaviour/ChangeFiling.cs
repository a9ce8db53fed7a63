using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>Changes until they are filed: one filing for every policy that asks for it.</summary>
internal static class ChangeFiling
{
    public static Decision Note(Draft draft, GrainCommand.NoteChange command, DecisionContext context)
    {
        var (concerns, refused) = Concerned(draft, command.Kind, command.CompletedOn, context);
        if (refused is not null)
            return refused;
        if (Same(draft.Subject, command.Kind, command.CompletedOn) is { } same)
            return new Rejection.ChangeAlreadyFiled(same.Id, same.Status, concerns[0].Article);
        var id = NextId(draft.Subject);
        draft.Append(new GrainEvent.ChangeNoted(context.Today, id, command.Kind, command.CompletedOn, command.Source, concerns, concerns[0].DueBy));
        // What is known after the last day is overdue at once.
        Deadlines.Apply(draft, context.Now, context.Rules);
        return Decision.Creating($"changes/{id}");
    }

    public static Decision File(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.FileChange command, DecisionContext context)
    {
        var filedOn = command.On ?? context.Today;
        if (filedOn > context.Today)
            return new Rejection.DateInFuture("on", filedOn, context.Today);
        // What came in on paper before is entered by an officer, who has seen it.
        if (context.Actor.IsParty() && filedOn < context.Today)
            return new Rejection.DateTooEarly("on", filedOn, context.Today, "the day on which a holder files by its own key");
        var (concerns, refused) = Concerned(draft, command.Kind, command.CompletedOn, context);
        if (refused is not null)
            return refused;
        var source = concerns[0].Article;
        if (RefuseHolder(draft, others, command, source) is { } notTheHolder)
            return notTheHolder;
        if (filedOn < command.CompletedOn)
            return new Rejection.DateTooEarly("on", filedOn, command.CompletedOn, "the day on which the formalities were completed");
        if (Same(draft.Subject, command.Kind, command.CompletedOn) is { Status: not ChangeStatus.Noted } same)
            return new Rejection.ChangeAlreadyFiled(same.Id, same.Status, source);
        if (RefuseMembers(draft, others, command, source) is { } incomplete)
            return incomplete;

        concerns = [.. concerns.Select(concern => WithLateness(draft, concern, filedOn, context.Rules))];
        var rules = concerns.Select(concern => context.Rules[concern.Policy].Changes!).ToList();
        var id = Same(draft.Subject, command.Kind, command.CompletedOn)?.Id ?? NextId(draft.Subject);
        draft.Append(new GrainEvent.ChangeFiled(
            filedOn, id, command.Kind, command.CompletedOn, command.Description, concerns, concerns[0].DueBy, concerns.Any(concern => concern.Late is not null), command.Name,
            command.Region, command.Successors,
            // The authority closest to the entity verifies, the highest decides.
            rules.Max(own => own.VerifiedBy.Value), rules.Min(own => own.AggregatedBy.Value)));
        return Decision.Creating($"changes/{id}");
    }

    /// <summary>What follows from the last day: that it is overdue, and late when it is filed.</summary>
    public static bool AwaitsFiling(Change change) => change is { Status: ChangeStatus.Noted, Late: false };

    public static Change? Find(GrainState.Subject subject, string id) =>
        subject.Changes?.FirstOrDefault(change => string.Equals(change.Id, id, StringComparison.Ordinal));

    /// <summary>Whoever answers for another region is not told what is there.</summary>
    public static Rejection Missing(Draft draft, string id, DecisionContext context) =>
        context.Actor.Covers(draft.Subject.Region) ? new Rejection.ChangeNotFound(id) : new Rejection.OutOfScope(draft.Subject.Region);

    private static (IReadOnlyList<ChangeConcern> Concerns, Rejection? Rejection) Concerned(Draft draft, ChangeKind kind, DateOnly completedOn, DecisionContext context)
    {
        if (completedOn > context.Today)
            return ([], new Rejection.DateInFuture("completedOn", completedOn, context.Today));
        ChangeConcern[] concerns =
        [
            .. from policy in draft.Subject.Titles.Where(title => title.Supervised).Select(title => context.Rules[title.Ref.Policy]).Distinct()
               where policy.Changes?.Kinds.Contains(kind) ?? false
               let filing = policy.Changes!.Filing
               select new ChangeConcern(policy.Id, context.Rules.Moved(draft.Subject.Region, context.Rules.EndOf(filing.Period, completedOn)), filing.Article) into concern
               orderby concern.DueBy, concern.Policy
               select concern,
        ];
        return concerns.Length == 0 ? ([], new Rejection.ChangeNotAsked(kind)) : (concerns, null);
    }

    private static ChangeConcern WithLateness(Draft draft, ChangeConcern concern, DateOnly filedOn, RuleBook rules)
    {
        // What was due before a title was supervised here has no consequence.
        var late = filedOn > concern.DueBy && Rounds.Under(draft.Subject, concern.Policy).Any(title => title.SupervisedFrom <= concern.DueBy);
        return late && rules[concern.Policy].Changes!.Late is var rule ? concern with { Late = rule.Value, LateArticle = rule.Article } : concern;
    }

    private static Rejection.NotTheHolder? RefuseHolder(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.FileChange command, string source)
    {
        if (command.Enterprise is not { } enterprise)
            return null;
        var holder = Enterprises.Of(draft, others).Id;
        return enterprise == holder || Enterprises.Follow(draft, others, enterprise).Id == holder ? null : new Rejection.NotTheHolder(enterprise, holder, source);
    }

    private static Rejection? RefuseMembers(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.FileChange command, string source)
    {
        var successors = command.Successors?.Count ?? 0;
        (string Member, string Expected)? wrong = command switch
        {
            { Kind: ChangeKind.Rename, Name: null } => ("name", "names the new name"),
            { Kind: not ChangeKind.Rename, Name: not null } => ("name", "has no new name"),
            { Kind: ChangeKind.Relocation, Region: null } => ("region", "names the region of the new address"),
            { Kind: not ChangeKind.Relocation, Region: not null } => ("region", "has no new region"),
            { Kind: ChangeKind.Merger } when successors != 1 => ("successors", "names the one enterprise that it leads to"),
            { Kind: ChangeKind.Split } when successors is 0 or > Change.SuccessorsMax => ("successors", $"names the enterprises that it leads to, at most {Change.SuccessorsMax}"),
            { Kind: not (ChangeKind.Merger or ChangeKind.Split) } when successors > 0 => ("successors", "leads to no other enterprises"),
            _ => null,
        };
        if (wrong is { } fault)
            return new Rejection.ChangeIncomplete(command.Kind, fault.Member, fault.Expected, source);
        foreach (var successor in command.Successors ?? [])
        {
            if (Enterprises.Follow(draft, others, successor).State is null)
                return new Rejection.EnterpriseNotRegistered(successor);
        }

        return null;
    }

    private static Change? Same(GrainState.Subject subject, ChangeKind kind, DateOnly completedOn) =>
        subject.Changes?.FirstOrDefault(change => change.Kind == kind && change.CompletedOn == completedOn && change.Status != ChangeStatus.Refused);

    private static string NextId(GrainState.Subject subject) => $"change-{(subject.Changes?.Count ?? 0) + 1}";
}
