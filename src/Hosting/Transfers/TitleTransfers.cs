using Supervision.Grains.Policies;
using Supervision.Hosting.Activations;

namespace Supervision.Hosting.Transfers;

/// <summary>Transfers titles entity by entity; several are under way at once, and the outcomes stand in the order of entities.</summary>
public sealed class TitleTransfers(GrainHost host, IGrainClient grains, IRegister register, RuleBook rules) : ITitleTransfers
{
    // Entities under way at once: enough to share a commit.
    private const int EntitiesAtOnce = 50;

    /// <inheritdoc/>
    public Rejection? Refuse(TransferRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        // Under what is no policy there are no titles, which would look as if all were done.
        return !rules.TryFind(request.From, out _) ? new Rejection.UnknownPolicy(request.From, "from")
            : !rules.TryFind(request.To, out _) ? new Rejection.UnknownPolicy(request.To, "to")
            : null;
    }

    /// <inheritdoc/>
    public async Task<TransferPage> RunAsync(TransferRequest request, GrainId? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var filter = new EntityFilter { Policy = request.From, Kind = request.Kind, Region = request.Region, Level = request.Level };
        var page = await register.ListAsync(filter, after, limit, cancellationToken);
        var outcomes = new List<TransferOutcome>();
        foreach (var entities in page.Items.Chunk(EntitiesAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var done in await Task.WhenAll(entities.Select(entity => TransferAsync(request, entity.View, cancellationToken))))
                outcomes.AddRange(done);
        }

        return new TransferPage(outcomes, page is { HasMore: true, Items: [.., var last] } ? last.View.Id : null);
    }

    /// <summary>Every title of an entity that is asked for, one after the other.</summary>
    private async Task<IReadOnlyList<TransferOutcome>> TransferAsync(TransferRequest request, EntityView entity, CancellationToken cancellationToken)
    {
        var outcomes = new List<TransferOutcome>();
        foreach (var title in entity.Titles.Where(title => IsAskedFor(request, title)))
        {
            var command = new GrainCommand.TransferTitle(new TitleChoice(title.Policy, title.Honour, title.Level), request.To, request.On);
            var rejection = request.DryRun
                ? (await host.TryAsync(entity.Id, command, request.Actor)).Rejection
                : (await grains.SendAsync(entity.Id, command, new CommandContext(request.Actor), cancellationToken)).Rejection;
            outcomes.Add(new TransferOutcome(
                entity.Id, entity.Name, title.Honour, title.Level, rejection is null ? TransferStatus.Transferred : TransferStatus.Rejected,
                rejection?.Code, rejection?.Article, rejection?.Detail)
            {
                IsDenied = rejection?.Class == RejectionClass.Forbidden,
            });
        }

        return outcomes;
    }

    /// <summary>Titles that were lost stay under the rules by which they were lost.</summary>
    private static bool IsAskedFor(TransferRequest request, TitleView title) =>
        string.Equals(title.Policy, request.From, StringComparison.Ordinal)
        && title is { Removal: null, DerivedFrom: null }
        && (request.Level is null || title.Level == request.Level)
        && (request.Honour is null || string.Equals(title.Honour, request.Honour, StringComparison.Ordinal));
}
