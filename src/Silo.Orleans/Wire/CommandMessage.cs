namespace Supervision.Silo.Orleans.Wire;

/// <summary>A command on its way to the activation of its grain. Within a silo it is passed on as it is; to another silo it goes as JSON.</summary>
/// <param name="command">The command.</param>
/// <param name="context">What comes with it.</param>
/// <param name="referredSeq">The ledger up to which whoever decides has to know inspectors and downtimes.</param>
[Immutable]
internal sealed class CommandMessage(GrainCommand command, CommandContext context, long referredSeq)
{
    public GrainCommand Command => command;

    public CommandContext Context => context;

    public long ReferredSeq => referredSeq;
}

[GenerateSerializer]
internal struct CommandMessageSurrogate
{
    [Id(0)]
    public byte[] Command;

    [Id(1)]
    public byte[] Context;

    [Id(2)]
    public long ReferredSeq;
}

[RegisterConverter]
internal sealed class CommandMessageConverter : IConverter<CommandMessage, CommandMessageSurrogate>
{
    public CommandMessage ConvertFromSurrogate(in CommandMessageSurrogate surrogate) =>
        new(WireJson.Read<GrainCommand>(surrogate.Command), WireJson.Read<CommandContext>(surrogate.Context), surrogate.ReferredSeq);

    public CommandMessageSurrogate ConvertToSurrogate(in CommandMessage value) => new()
    {
        Command = WireJson.Write(value.Command),
        Context = WireJson.Write(value.Context),
        ReferredSeq = value.ReferredSeq,
    };
}
