using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>Self-declarations from the filing to the written demand.</summary>
internal static class Declaring
{
    private const decimal ScoreMax = 100;

    public static Decision File(Draft draft, GrainCommand.FileDeclaration command, DecisionContext context)
    {
        if (!context.Rules.TryFind(command.Policy, out var policy))
            return new Rejection.UnknownPolicy(command.Policy);
        if (policy.Declarations is not { } rules)
            return new Rejection.DeclarationNotAsked(policy.Id);
        var source = rules.Rounds[^1].Due.Article;
        var holder = draft.Subject.Enterprise ?? draft.Id;
        if (command.Enterprise is { } enterprise && enterprise != holder)
            return new Rejection.NotTheHolder(enterprise, holder, source);
        var titles = Rounds.Under(draft.Subject, policy.Id);
        if (titles.Count == 0)
        {
            return draft.Subject.Titles.FirstOrDefault(title => string.Equals(title.Ref.Policy, policy.Id, StringComparison.Ordinal)) switch
            {
                null => new Rejection.TitleNotHeld(new TitleChoice(policy.Id)),
                { DerivedFrom: { } of } => new Rejection.TitleIsDerived(of.Title, of.Article),
                var lost => Titles.NotInForce(lost, context.Rules),
            };
        }

        var (round, heldIn, unknown) = RoundOf(policy.Id, rules, command, source);
        if (unknown is not null)
            return unknown;
        var (opens, due) = (round!.Opens.Value.In(heldIn), round.Due.Value.In(heldIn));
        if (context.Today < opens)
            return new Rejection.DeclarationNotOpen(command.Year, opens, round.Opens.Article);
        if (titles.All(title => title.GrantedOn > due))
            return new Rejection.DeclarationNotOpen(command.Year, Opens: null, round.Due.Article);
        var before = Rounds.Find(draft.Subject, titles, round.Name, command.Year);
        if (before is { Status: DeclarationStatus.Filed or DeclarationStatus.Accepted })
            return new Rejection.DeclarationAlreadyFiled(before.Id, before.Status, round.Due.Article);
        var (standard, wrong) = DeclaredIndicators.Check(draft.Id.Kind, command, round.Due.Article, context.Rules);
        if ((wrong ?? RefuseScore(command.Score)) is { } rejection)
            return rejection;

        var late = before is null
            ? context.Today > context.Rules.Moved(draft.Subject.Region, due) && titles.Any(title => title.SupervisedFrom <= due)
            : before.Status is DeclarationStatus.Overdue or DeclarationStatus.Refused;
        var isExpected = draft.Subject.Expected?.Any(expected => Is(expected, before?.Policy ?? policy.Id, round.Name, command.Year)) ?? false;
        var id = before?.Id ?? NextId(draft.Subject);
        draft.Append(new GrainEvent.DeclarationFiled(
            context.Today, id, before?.Policy ?? policy.Id, round.Name, command.Year, before?.Due ?? due, (before?.Number ?? 0) + 1, late, standard,
            command.Indicators, command.Score, command.Reference,
            isExpected ? Rounds.Next(policy, draft.Subject, context.Today, (round.Name, command.Year)) : null));
        return Decision.Creating($"reports/{id}");
    }

    public static Decision Return(Draft draft, GrainCommand.ReturnDeclaration command, DecisionContext context)
    {
        if (Find(draft.Subject, command.Declaration) is not { } found)
            return new Rejection.DeclarationNotFound(command.Declaration);
        if (found.Status != DeclarationStatus.Filed)
            return new Rejection.DeclarationNotFiled(found.Id, found.Status);
        if (RulesOf(draft.Subject, found, context.Rules) is not { } rules)
            return new Rejection.DeclarationNotAsked(found.Policy);
        var refileBy = context.Rules.EndOf(rules.Refiling, context.Today);
        draft.Append(new GrainEvent.DeclarationReturned(context.Today, found.Id, command.Reason, refileBy > found.Due ? refileBy : found.Due));
        return Decision.Accepted;
    }

    public static Decision Accept(Draft draft, GrainCommand.AcceptDeclaration command, DecisionContext context)
    {
        if (Find(draft.Subject, command.Declaration) is not { } found)
            return new Rejection.DeclarationNotFound(command.Declaration);
        if (found.Status != DeclarationStatus.Filed)
            return new Rejection.DeclarationNotFiled(found.Id, found.Status);
        if (RefuseScore(command.Score) is { } wrong)
            return wrong;
        draft.Append(new GrainEvent.DeclarationAccepted(context.Today, found.Id, command.Score));
        return Decision.Accepted;
    }

    public static Decision Demand(Draft draft, GrainCommand.DemandDeclaration command, DecisionContext context)
    {
        if (Find(draft.Subject, command.Declaration) is not { } found)
            return new Rejection.DeclarationNotFound(command.Declaration);
        if (RulesOf(draft.Subject, found, context.Rules) is not { } rules)
            return new Rejection.DeclarationNotAsked(found.Policy);
        if (found.Status == DeclarationStatus.Refused || (found.Status == DeclarationStatus.Overdue && found.Demand is not null))
            return new Rejection.DemandAlreadyServed(found.Id, rules.Demand.Article);
        if (found.Status != DeclarationStatus.Overdue)
            return new Rejection.DeclarationNotOverdue(found.Id, found.Status, rules.Demand.Article);
        if (command.On > context.Today)
            return new Rejection.DateInFuture("on", command.On, context.Today);
        if (command.On <= found.LastDay)
            return new Rejection.DateTooEarly("on", command.On, found.LastDay.AddDays(1), "the day on which the declaration became overdue");
        draft.Append(new GrainEvent.DeclarationDemanded(command.On, found.Id, command.Method, context.Rules.EndOf(rules.Demand, command.On)));
        return Decision.Accepted;
    }

    /// <summary>What follows from the last day of a written demand: the refusal is a finding on every title concerned.</summary>
    public static IEnumerable<GrainEvent> Refuse(Draft draft, Declaration declaration, DateOnly on, RuleBook rules)
    {
        yield return new GrainEvent.DeclarationRefused(on, declaration.Id);
        foreach (var title in Rounds.Concerned(draft.Subject, declaration).ToList())
        {
            if (GroundOf(rules[title.Ref.Policy], DeclarationFinding.Refused) is { } ground)
            {
                yield return new GrainEvent.CaseOpened(
                    on, Hearing.NextId(draft), title.Ref, ground.Name, ground.Article, Evidence: null, Urgent: false, Check: null, Rectification: null,
                    Declaration: declaration.Id);
            }
        }
    }

    /// <summary>The ground of the case that a finding about declarations opens, where it opens one.</summary>
    public static Ground? GroundOf(Policy policy, DeclarationFinding finding) =>
        policy.Declarations?.Opens.FirstOrDefault(opening => opening.Finding == finding) is { } opening
            ? policy.Cases.Grounds.First(ground => string.Equals(ground.Name, opening.Ground, StringComparison.Ordinal))
            : null;

    public static Declaration? Find(GrainState.Subject subject, string id) =>
        subject.Declarations?.FirstOrDefault(candidate => string.Equals(candidate.Id, id, StringComparison.Ordinal));

    /// <summary>Why a check or case on a title is not about a declaration.</summary>
    public static Rejection.DeclarationNotOfTitle? RefuseFor(Draft draft, Title title, string? declaration) =>
        declaration is null || (Find(draft.Subject, declaration) is { Number: > 0 } found && title.CameUnder(found.Policy))
            ? null
            : new Rejection.DeclarationNotOfTitle(declaration);

    public static bool Is(ExpectedDeclaration expected, string policy, string round, int year) =>
        expected.Year == year && string.Equals(expected.Round, round, StringComparison.Ordinal) && string.Equals(expected.Policy, policy, StringComparison.Ordinal);

    public static string NextId(GrainState.Subject subject) => $"declaration-{(subject.Declarations?.Count ?? 0) + 1}";

    /// <summary>The rules that say what follows from a declaration: those of the title's policy of today, where it has any.</summary>
    public static DeclarationRules? RulesOf(GrainState.Subject subject, Declaration declaration, RuleBook rules) =>
        Rounds.Concerned(subject, declaration).Select(title => rules[title.Ref.Policy].Declarations).FirstOrDefault(found => found is not null)
        ?? rules[declaration.Policy].Declarations;

    private static Rejection.ScoreOutOfRange? RefuseScore(decimal? score) => score is < 0 or > ScoreMax ? new Rejection.ScoreOutOfRange(score.Value) : null;

    private static (DeclarationRound? Round, int HeldIn, Rejection? Rejection) RoundOf(
        string policy, DeclarationRules rules, GrainCommand.FileDeclaration command, string source)
    {
        if (command.Round is { } named && !rules.Rounds.Any(round => string.Equals(round.Name, named, StringComparison.Ordinal)))
            return (null, 0, new Rejection.UnknownRound(named, policy));
        var held = Rounds.About(rules, command.Year)
            .Where(found => command.Round is null || string.Equals(found.Round.Name, command.Round, StringComparison.Ordinal)).Take(2).ToList();
        return held.Count switch
        {
            0 => (null, 0, new Rejection.DeclarationNotOpen(command.Year, Opens: null, source)),
            1 => (held[0].Round, held[0].HeldIn, null),
            _ => (null, 0, new Rejection.RoundNeeded(policy, command.Year)),
        };
    }
}
