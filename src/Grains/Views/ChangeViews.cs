using Supervision.Grains.Behaviour;

namespace Supervision.Grains.Views;

/// <summary>What is shown of changes, as a function of the state.</summary>
internal static class ChangeViews
{
    public static ChangeView Of(Change change, GrainState.Subject subject) => new(
        change.Id, change.Kind, change.Status, change.CompletedOn, change.DueBy, change.Late, change.Concerns, change.Source, change.Description, change.Name,
        change.Region, change.Successors ?? [], change.FiledOn, WaitsFor(change, subject), change.VerifiedOn, change.Confirmed, change.Note, change.ReEvaluations ?? [],
        change.DecidedOn, change.Reason, change.Number, [.. change.Waiting(subject).Select(title => title.Ref)],
        [.. (change.Decided ?? []).Select(decided => new SuccessionView(
            decided.Title.Policy, decided.Title.Honour, decided.Title.Level, decided.Outcome, decided.Successor, decided.On, decided.Reason, decided.Number))]);

    private static IReadOnlyList<string> WaitsFor(Change change, GrainState.Subject subject) => change.Status switch
    {
        ChangeStatus.Filed => [ChangeDeciding.AuthorityOf(change.VerifiedAt!.Value, subject.Region)],
        ChangeStatus.Verified => [ChangeDeciding.AuthorityOf(change.DecidedAt!.Value, subject.Region)],
        _ => [.. change.Waiting(subject).Select(title => title.Authority).Distinct()],
    };
}
