namespace Supervision.Grains.Views;

/// <summary>The open checks and cases of a grain, as a function of its state.</summary>
public static class OpenWork
{
    /// <summary>Every open check, then every open case.</summary>
    public static IReadOnlyList<WorkColumns> Of(GrainState? state)
    {
        if (state is not GrainState.Subject subject)
            return [];
        var work = new List<WorkColumns>();
        foreach (var check in subject.Checks)
        {
            if (check.IsOpen())
            {
                work.Add(new WorkColumns(
                    WorkColumns.Check, check.Id, KebabCase<CheckStatus>.Word(check.Status), check.Title.Policy, KebabCase<Level>.Word(check.Title.Level),
                    check.DueBy, string.Join('\n', check.Inspectors)));
            }
        }

        foreach (var @case in subject.Cases)
        {
            if (@case.IsOpen())
            {
                work.Add(new WorkColumns(
                    WorkColumns.Case, @case.Id, KebabCase<CaseStatus>.Word(@case.Status), @case.Title.Policy, KebabCase<Level>.Word(@case.Title.Level),
                    @case.WindowEnds, null));
            }
        }

        return work;
    }

    /// <summary>Whether the open work of two states of one grain is the same; most often neither list was touched.</summary>
    public static bool Same(GrainState? before, GrainState? after) => (before, after) switch
    {
        (GrainState.Subject b, GrainState.Subject a) when ReferenceEquals(b.Checks, a.Checks) && ReferenceEquals(b.Cases, a.Cases) => true,
        _ => Of(before).SequenceEqual(Of(after)),
    };
}
