namespace Supervision.Grains.Tests.Behaviour;

/// <summary>One step of a life: an instant, a command sent then, and the code with which it was refused, if it was.</summary>
internal sealed record Step(DateTimeOffset At, GrainId To, GrainCommand Command, Actor By, string? Refused);

/// <summary>Turns numbers into commands that have a chance of being accepted, given what the scenario has come to.</summary>
internal static class LifeScript
{
    private static readonly Actor[] Officers = [People.A, People.B, People.C, People.Bootstrap];

    private static readonly string[] Grounds = ["failed-spot-check", "false-declaration", "major-accident"];

    /// <summary>Lives through the numbers, waking every grain at each of its instants, and gives the steps taken.</summary>
    public static (Scenario Lived, IReadOnlyList<Step> Steps) Live(IEnumerable<int> numbers)
    {
        var lived = new Scenario();
        var steps = new List<Step>();
        foreach (var number in numbers)
        {
            var chance = new Random(number);
            var now = lived.Now + Pause(chance);
            WakeUntil(lived, now);
            var to = chance.Next(4) == 0 ? Scenario.Factory2 : Scenario.Factory;
            var (command, by) = (Next(lived, to, chance), Officers[chance.Next(Officers.Length)]);
            steps.Add(new Step(now, to, command, by, lived.Send(command, by, to).Rejection?.Code));
        }

        return (lived, steps);
    }

    /// <summary>Wakes every grain at each instant at which it is due, those due first first.</summary>
    public static void WakeUntil(Scenario scenario, DateTimeOffset now)
    {
        while (true)
        {
            var due = scenario.Grains.Select(grain => (Grain: grain, At: scenario.NextWakeUp(grain))).Where(next => next.At <= now).OrderBy(next => next.At).FirstOrDefault();
            if (due.At is not { } at)
                break;
            scenario.At(at > scenario.Now ? at : scenario.Now).Send(new GrainCommand.WakeUp(), Actor.System, due.Grain);
        }

        scenario.At(now);
    }

    private static TimeSpan Pause(Random chance) => chance.Next(12) switch
    {
        < 5 => TimeSpan.Zero,
        < 8 => TimeSpan.FromHours(chance.Next(1, 72)),
        < 11 => TimeSpan.FromDays(chance.Next(1, 60)),
        _ => TimeSpan.FromDays(chance.Next(200, 2200)),
    };

    private static GrainCommand Next(Scenario lived, GrainId to, Random chance)
    {
        if (lived.Known(to).State is not GrainState.Subject subject)
            return Ask.Register();
        var day = lived.Today.AddDays(-chance.Next(4)).ToString("yyyy-MM-dd");
        if (subject.Titles.Count == 0)
            return Ask.Grant(day, Rules.Trial);
        var policy = subject.Titles[^1].Ref.Policy;
        var check = subject.Checks.Count == 0 ? "check-1" : subject.Checks[^chance.Next(1, Math.Min(3, subject.Checks.Count) + 1)].Id;
        var found = subject.Cases.Count == 0 ? "case-1" : subject.Cases[^chance.Next(1, Math.Min(3, subject.Cases.Count) + 1)].Id;
        var results = subject.Checks.Where(done => done.Result is not null).ToList();
        var version = results.Count == 0 ? 1 : results[^chance.Next(1, results.Count + 1)].Result!.Version;
        var outcome = (CheckOutcome)Math.Max(0, chance.Next(-6, 7));
        return chance.Next(32) switch
        {
            < 5 => Ask.Random(lived.Today.AddDays(chance.Next(60)).ToString("yyyy-MM-dd"), policy),
            < 7 => Ask.Directed(lived.Today.AddDays(chance.Next(60)).ToString("yyyy-MM-dd"), policy),
            < 11 => new GrainCommand.ApproveCheck(check),
            < 17 => Ask.Result(check, outcome, day),
            17 => new GrainCommand.CancelCheck(check, "mistake"),
            18 => Ask.Open(Grounds[chance.Next(Grounds.Length)], policy),
            < 21 => Ask.Serve(found, day),
            21 => Ask.State(found),
            < 25 => Ask.Decide(found, (CaseOutcome)chance.Next(3)),
            25 => Ask.Complete(day, $"rectification-{Math.Max(1, subject.Rectifications.Count)}"),
            26 => Ask.Reinstate(found, policy),
            27 => Ask.Correct(version, chance.Next(2) == 0 ? outcome : null, chance.Next(2) == 0 ? day : null),
            28 => Ask.Grant(day, policy),
            29 => Ask.Transfer(day, policy, policy == Rules.Trial ? Rules.Miit2024 : Rules.Trial),
            30 => Ask.Rename(day, $"湖南第{chance.Next(5)}制造有限公司"),
            _ => new GrainCommand.CancelCheck(check, "mistake"),
        };
    }
}
