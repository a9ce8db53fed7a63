using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>Grades after a round. The ranking is over all titles and made elsewhere; here it takes effect on one of them.</summary>
internal static class Grading
{
    public static Decision Grade(Draft draft, GrainCommand.GradeTitle command, DecisionContext context)
    {
        // What was lost or moved since the ranking, or was graded for the round before, stays as it is.
        if (draft.Subject.Titles.FirstOrDefault(held => held.Ref == command.Title) is not { InForce: true } title || Of(title, command.Round, command.Year) is not null)
            return Decision.Accepted;
        draft.Append(new GrainEvent.TitleGraded(context.Today, title.Ref, command.Round, command.Year, command.Grade, command.Score, command.Lowest));
        var policy = context.Rules[title.Ref.Policy];
        if (command.Lowest && policy.Declarations?.LowestScores is { } rules && HasStayedLowest(draft.Subject.Of(title.Ref), command, rules.Years.Value)
            && Declaring.GroundOf(policy, DeclarationFinding.LowestScores) is { } ground)
        {
            draft.Append(new GrainEvent.CaseOpened(
                context.Today, Hearing.NextId(draft), title.Ref, ground.Name, ground.Article, Evidence: null, Urgent: false, Check: null, Rectification: null));
        }

        return Decision.Accepted;
    }

    private static bool HasStayedLowest(Title title, GrainCommand.GradeTitle command, int years) =>
        Enumerable.Range(0, years).All(back => Of(title, command.Round, command.Year - back) is { Lowest: true });

    private static TitleGrade? Of(Title title, string round, int year) =>
        title.Grades?.FirstOrDefault(grade => grade.Year == year && string.Equals(grade.Round, round, StringComparison.Ordinal));
}
