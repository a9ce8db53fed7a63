namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Ways through the proceedings that many tests begin with.</summary>
internal static class Paths
{
    /// <summary>Orders a check, approves it where that is needed, has an officer enter the result on the same day, and publishes it where that is needed.</summary>
    public static Scenario Checked(
        this Scenario scenario, CheckOutcome outcome, string on, CheckBasis basis = CheckBasis.Random, string policy = Rules.Miit, GrainId? to = null)
    {
        var check = scenario.On(on).Ordered(basis, policy, to);
        return scenario.Given(Ask.Result(check, outcome, on), People.A, to).Disclosed(to);
    }

    /// <summary>Orders a check, approves it where that is needed, and gives its id.</summary>
    public static string Ordered(this Scenario scenario, CheckBasis basis = CheckBasis.Random, string policy = Rules.Miit, GrainId? to = null)
    {
        var dueBy = scenario.Today.AddDays(60).ToString("yyyy-MM-dd");
        scenario.Given(basis == CheckBasis.Random ? Ask.Random(dueBy, policy) : Ask.Directed(dueBy, policy), People.A, to);
        var check = scenario.Of(to ?? Scenario.Factory).Checks[^1];
        if (check.Status == CheckStatus.Planned)
            scenario.Given(new GrainCommand.ApproveCheck(check.Id), People.B, to);
        return check.Id;
    }

    /// <summary>Three clean random checks; the exemption runs from 2026-05-10.</summary>
    public static Scenario Exempted(this Scenario scenario, string policy = Rules.Miit) => scenario
        .Checked(CheckOutcome.Clean, "2026-03-02", policy: policy)
        .Checked(CheckOutcome.Clean, "2026-04-01", policy: policy)
        .Checked(CheckOutcome.Clean, "2026-05-10", policy: policy);

    /// <summary>Opens a case as officer a, unless one is open, serves it and takes the statement on one day.</summary>
    public static string Heard(this Scenario scenario, string on, string ground = "false-declaration", string policy = Rules.Miit, GrainId? to = null)
    {
        scenario.On(on);
        if (scenario.Of(to ?? Scenario.Factory).Cases.LastOrDefault(found => found.Status == CaseStatus.Opened) is null)
            scenario.Given(Ask.Open(ground, policy), People.A, to);
        var id = scenario.Of(to ?? Scenario.Factory).Cases[^1].Id;
        scenario.Given(Ask.Serve(id, on), People.A, to).Given(Ask.State(id), People.A, to);
        return id;
    }

    /// <summary>Serves and publishes whatever waits for it.</summary>
    public static Scenario Disclosed(this Scenario scenario, GrainId? to = null)
    {
        var (subject, today) = (scenario.Of(to ?? Scenario.Factory), scenario.Today.ToString("yyyy-MM-dd"));
        foreach (var decided in subject.Cases.Where(decided => decided is { ServeBy: not null, DecisionNotice: null }))
            scenario.Given(Ask.ServeDecision(decided.Id, today), People.A, to);
        var due = subject.Checks.Select(check => (check.Id, check.Publication)).Concat(subject.Cases.Select(decided => (decided.Id, decided.Publication)));
        foreach (var (id, _) in due.Where(found => found.Publication is { On: null, WithdrawnOn: null }))
            scenario.Given(Ask.Publish(id, today), People.A, to);
        return scenario;
    }

    /// <summary>Hears a case, has officer b decide it on the same day, and makes the decision known.</summary>
    public static Scenario Decided(
        this Scenario scenario, CaseOutcome outcome, string on, string ground = "false-declaration", string policy = Rules.Miit, GrainId? to = null)
    {
        var id = scenario.Heard(on, ground, policy, to);
        return scenario.Given(Ask.Decide(id, outcome), People.B, to).Disclosed(to);
    }
}
