using Supervision.Grains.Behaviour;
using Supervision.Grains.Calendars;
using Supervision.Grains.Views;

namespace Supervision.Hosting.Reading;

/// <summary>Whether an entity, as it stood at the end of a day, is one that a filter asks for: the filter of lists, without the database.</summary>
internal static class PastFilter
{
    public static bool Matches(EntityFilter filter, GrainId id, GrainState.Subject subject, DateOnly day) =>
        subject.MergedInto is null
        && (filter.Kind is not { } kind || id.Kind.Name == kind)
        && (filter.Region is not { } region || (subject.Region is { } own && Region.Covers(region, own)))
        && (filter.RiskClass is not { } riskClass || subject.RiskClass == riskClass)
        && (filter.Enterprise is not { } enterprise || (subject.Enterprise is { } stands && (filter.EnterpriseIdentities ?? [enterprise]).Contains(stands)))
        && (filter.Own is not { } identities || identities.Contains(id) || (subject.Enterprise is { } behind && identities.Contains(behind)))
        && (filter.Search is not { } search || RegisterColumns.Of(id, subject).Search?.Contains(EntityName.Normalise(search), StringComparison.Ordinal) == true)
        && (filter.DueBefore is not { } due || GrainBehaviour.NextWakeUp(subject) < CivilTime.AfterLastDay(due))
        && ((filter.Status, filter.Level, filter.Policy, filter.Exempt) is (null, null, null, null) || subject.Titles.Any(title => Matches(filter, title, day)));

    /// <summary>Whether a text is a name, former name, key, number or certificate that the entity had, or its identity.</summary>
    public static bool Answers(string text, GrainId id, GrainState.Subject subject) =>
        subject.MergedInto is null
        && (RegisterColumns.Of(id, subject).Search!.Split('\n').Contains(EntityName.Normalise(text), StringComparer.Ordinal)
            || string.Equals(id.Value, text.Trim(), StringComparison.Ordinal));

    private static bool Matches(EntityFilter filter, Title title, DateOnly day) =>
        title.DerivedFrom is null
        && (filter.Status is not { } status || title.Status == status)
        && (filter.Level is not { } level || title.Ref.Level == level)
        && (filter.Policy is not { } policy || title.Ref.Policy == policy)
        && (filter.Exempt is not { } exempt || title.Exemption?.Until >= day == exempt);
}
