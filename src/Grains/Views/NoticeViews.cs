namespace Supervision.Grains.Views;

/// <summary>What is shown of served documents and publications, as a function of the state.</summary>
internal static class NoticeViews
{
    /// <summary>Every document that was served, the latest first.</summary>
    public static IReadOnlyList<NoticeView> Of(GrainState.Subject subject) => [.. All(subject).OrderByDescending(notice => notice.ServedOn).ThenBy(notice => notice.Id, StringComparer.Ordinal)];

    public static PublicationView? Of(Publication? publication) => publication is null
        ? null
        : new PublicationView(publication.DueBy, publication.On, publication.Place, publication.WithdrawBy, publication.WithdrawnOn, publication.Overdue);

    private static IEnumerable<NoticeView> All(GrainState.Subject subject)
    {
        foreach (var check in subject.Checks)
        {
            if (check.Notice is { } notice)
                yield return Of(notice, NoticeKind.Check, check.Id, respondBy: null) with { Told = check.Told };
            if (check.ResultNotice is { } result)
                yield return Of(result, NoticeKind.Result, check.Id, check.ObjectBy);
        }

        foreach (var found in subject.Cases)
        {
            if (found.Notice is { } notice)
                yield return Of(notice, NoticeKind.Case, found.Id, found.WindowEnds);
            if (found.DecisionNotice is { } decision)
            {
                yield return Of(
                    decision, NoticeKind.Decision, found.Id,
                    subject.Rectifications.FirstOrDefault(ordered => string.Equals(ordered.Case, found.Id, StringComparison.Ordinal))?.DueBy);
            }
        }

        foreach (var entry in subject.EnergyInspections ?? [])
        {
            if (entry.Notice is { } notice)
                yield return Of(notice, NoticeKind.EnergyInspection, entry.Id, respondBy: null) with { Told = entry.Told };
            if (entry.RectificationNotice is { } rectification)
                yield return Of(rectification, NoticeKind.EnergyRectification, entry.Id, entry.RectifyBy);
        }
    }

    private static NoticeView Of(Notice notice, NoticeKind kind, string of, DateOnly? respondBy) => new(
        $"{of}/{KebabCase<NoticeKind>.Word(kind)}", kind, of, notice.Document.Number, notice.Document.Authority, notice.ServedOn, notice.Method, respondBy,
        notice.Document.Remedies ?? [], notice.Documents ?? []);
}
