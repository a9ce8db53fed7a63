namespace Supervision.Grains.Behaviour;

/// <summary>What ends with a title, however it is lost.</summary>
internal static class TitleEnding
{
    /// <summary>The end of its exemption, and of the checks and re-evaluations that are under way.</summary>
    /// <param name="subject">The entity.</param>
    /// <param name="title">The title.</param>
    /// <param name="on">The day.</param>
    /// <param name="exemption">The reason for which its exemption ends.</param>
    /// <param name="pending">The reason for which what is under way is called off.</param>
    public static IEnumerable<GrainEvent> Of(GrainState.Subject subject, TitleRef title, DateOnly on, string exemption, string pending)
    {
        if (subject.Of(title).Exemption is not null)
            yield return new GrainEvent.ExemptionEnded(on, title, exemption);
        foreach (var check in subject.Checks.Where(check => check.Title == title && check.IsOpen()))
            yield return new GrainEvent.CheckCancelled(on, check.Id, pending);
        foreach (var open in subject.ReEvaluations?.Where(open => open.Title == title && open.IsOpen()) ?? [])
            yield return new GrainEvent.ReEvaluationCancelled(on, open.Id, pending);
    }
}
