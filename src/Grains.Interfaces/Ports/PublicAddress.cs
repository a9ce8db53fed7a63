namespace Supervision;

/// <summary>Where the public pages are found from outside.</summary>
/// <param name="Base">The address of the service without a slash at its end, or null: links are given relative to whatever address it is reached by.</param>
public sealed record PublicAddress(string? Base)
{
    /// <summary>The public page of an entity.</summary>
    public string PageOf(GrainId entity) => $"{Base}/v/{entity.Value}";
}
