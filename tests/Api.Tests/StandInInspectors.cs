using System.Collections.Concurrent;

namespace Supervision.Api.Tests;

/// <summary>One inspector, I-1; takes every command for it.</summary>
internal sealed class StandInInspectors : IInspectors
{
    public static InspectorView One { get; } = new("I-1", "张三", ["430000"], new DateOnly(2030, 12, 31), ["节能"], [], new DateOnly(2026, 5, 1), null, null, 3);

    public ConcurrentQueue<(GrainId Inspector, GrainCommand Command, CommandContext Context)> Sent { get; } = [];

    public InspectorFilter? Filter { get; private set; }

    public Rejection? Refusal { get; set; }

    public Task<InspectorView?> FindAsync(GrainId inspector, CancellationToken cancellationToken) =>
        Task.FromResult(inspector.Key.Length == 3 ? One with { Id = inspector.Key } : null);

    public Task<Page<InspectorView>> ListAsync(InspectorFilter filter, GrainId? after, int limit, CancellationToken cancellationToken)
    {
        Filter = filter;
        return Task.FromResult(new Page<InspectorView>([One], HasMore: after is null));
    }

    public Task<CommandOutcome> SendAsync(GrainId inspector, GrainCommand command, CommandContext context, CancellationToken cancellationToken)
    {
        Sent.Enqueue((inspector, command, context));
        return Task.FromResult(Refusal is { } refusal
            ? new CommandOutcome(CommandStatus.Rejected, refusal, null, null, 42, Changed: false)
            : new CommandOutcome(CommandStatus.Accepted, null, null, command is GrainCommand.RegisterInspector ? "" : null, 42, Changed: true));
    }

    public bool IsInService(string person) => person == "I-1";
}
