namespace Supervision.Api.Access;

/// <summary>Which of an entity's documents somebody may read.</summary>
internal sealed class DocumentAccess(IDocuments documents, IRegister register)
{
    /// <summary>
    /// Events whose documents the holder has or had: what was served on it, what it filed, what was found at its site. What others brought
    /// against it stays with the authority, which protects who complains.
    /// </summary>
    private static readonly HashSet<string> Shared =
    [
        "title.granted", "title.corrected", "title.reinstated", "entity.renamed", "check.notified", "check.passed", "check.remedied", "check.failed",
        "check.refused", "check.missed", "result.corrected", "case.served", "statement.received", "case.decided", "rectification.completed",
    ];

    /// <summary>The documents of an entity that somebody may read; null when it is not registered.</summary>
    public async Task<EntityDocuments?> OfAsync(GrainId entity, Actor actor, CancellationToken cancellationToken)
    {
        if (await documents.OfAsync(entity, cancellationToken) is not { } named)
            return null;
        if (actor.Role == Role.Enterprise)
            return named with { Items = [.. named.Items.Where(document => Shared.Contains(document.Event))] };
        if (actor.Role != Role.Inspector || await register.FindAsync(entity, cancellationToken) is not { View: var view })
            return named;
        // An inspector is told what its own checks are about, not what complainants and holders wrote.
        var own = view.Checks.Where(check => check.Inspectors.Contains(actor.Person)).Select(check => check.Id).ToHashSet();
        return named with { Items = [.. named.Items.Where(document => document.Of is { } part && own.Contains(part))] };
    }
}
