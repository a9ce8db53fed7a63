using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>
/// Titles that follow from others by themselves (自动列入), as long as those are in force. Nothing is decided about them: after whatever befell the titles
/// or the region of an entity they are brought to where their sources are, each on the day on which the source came there.
/// </summary>
internal static class DerivedTitles
{
    private const string NotRecognised = "not-recognised";

    private const string OutsideRegion = "outside-region";

    public static Decision Recognise(Draft draft, DecisionContext context)
    {
        Follow(draft, context.Today, context.Rules);
        return Decision.Accepted;
    }

    public static void Follow(Draft draft, DateOnly today, RuleBook rules)
    {
        foreach (var recognition in rules.Recognitions)
            Follow(draft, recognition, today);
    }

    private static void Follow(Draft draft, Recognition recognition, DateOnly today)
    {
        var subject = draft.Subject;
        var existing = subject.Titles.FirstOrDefault(held => held.Is(recognition.To));
        // What has, or had, a list of its own stands by itself.
        if (existing is { DerivedFrom: null })
            return;
        var source = subject.Titles.FirstOrDefault(held => held.Ref == existing?.DerivedFrom!.Title);
        if ((source is { InForce: true } && recognition.Reaches(source, subject.Region) ? source : subject.Titles.FirstOrDefault(held => held.InForce && recognition.Reaches(held, subject.Region)))
            is { } inForce)
        {
            if (recognition.FirstDay(inForce) <= today)
                Derive(draft, recognition, inForce, existing);
        }
        else if (existing is not null)
        {
            Fall(draft, recognition, existing, source, today);
        }
    }

    private static void Derive(Draft draft, Recognition recognition, Title source, Title? existing)
    {
        var from = recognition.FirstDay(source);
        if (existing is { InForce: true } && existing.GrantedOn == from && existing.DerivedFrom!.Title == source.Ref)
            return;
        var (on, since) = existing switch
        {
            null or { InForce: true } => (from, from),
            // The source is back on a day of its own.
            _ when source.Since > existing.Since => (Latest(source.Since, from), Latest(source.Since, from)),
            // It never was lost, and so this one was not.
            _ => (Latest(existing.Since, from), from),
        };
        draft.AppendDue(new GrainEvent.TitleDerived(
            on, recognition.To, source.Ref, Authority.IssuingFor(recognition.To.Level, draft.Subject.Region), from, since, source.SupervisedFrom, recognition.Article,
            existing is { InForce: true } ? existing.GrantVersion : null));
    }

    private static void Fall(Draft draft, Recognition recognition, Title existing, Title? source, DateOnly today)
    {
        var (status, reason, on) =
            source is null || !recognition.Covers(draft.Subject.Region) ? (TitleStatus.Lapsed, OutsideRegion, today)
            : !recognition.IsFrom(source.Ref) && source.Formerly is [.., { Until: var until }] ? (TitleStatus.Lapsed, NotRecognised, until)
            // It was never right that it did.
            : !recognition.Counts(source) ? (TitleStatus.Lapsed, NotRecognised, existing.GrantedOn)
            : (source.Status, KebabCase<TitleStatus>.Word(source.Status), source.Since);
        if (existing.Status != status)
            draft.AppendDue(new GrainEvent.TitleFallen(Latest(on, existing.GrantedOn), recognition.To, existing.DerivedFrom!.Title, status, reason, recognition.Article));
    }

    private static DateOnly Latest(DateOnly one, DateOnly other) => one > other ? one : other;
}
