using Supervision.Ledger.Rules;

namespace Supervision.Hosting.Rules;

/// <summary>Registers the rules of this silo by content and adopts what is new; refuses what was changed under an old version.</summary>
public sealed class RulesRegistration(RulesFiles files, RulesStore store, IGrainClient grains)
{
    /// <summary>Registers and adopts.</summary>
    /// <exception cref="InvalidOperationException">A version is registered with another content, or is older than the adopted one.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var file in files.Files)
        {
            var registered = await store.RegisterAsync(file.Grain, file.Version, file.Hash, file.Content, cancellationToken);
            if (!string.Equals(registered, file.Hash, StringComparison.Ordinal))
            {
                throw new InvalidOperationException(
                    $"{file.Grain} version {file.Version} is registered with another content (SHA-256 {registered}, the file has {file.Hash}). A change needs a new version.");
            }

            var outcome = await grains.SendAsync(
                file.Grain, new GrainCommand.AdoptRules(file.Version, file.Hash), new CommandContext(Actor.System), cancellationToken);
            if (outcome.Rejection is { } rejection)
                throw new InvalidOperationException($"{file.Grain}: {rejection.Detail}");
        }
    }
}
