namespace Supervision.Silo.Orleans.Wire;

/// <summary>A command on its way to the activation of its grain. Within a silo it is passed on as it is; to another silo it goes as JSON.</summary>
/// <param name="command">The command.</param>
/// <param name="context">What comes with it.</param>
/// <param name="inspectorSeq">The ledger up to which whoever decides has to know the inspectors.</param>
[Immutable]
internal sealed class CommandMessage(GrainCommand command, CommandContext context, long inspectorSeq)
{
    public GrainCommand Command => command;

    public CommandContext Context => context;

    public long InspectorSeq => inspectorSeq;
}

[GenerateSerializer]
internal struct CommandMessageSurrogate
{
    [Id(0)]
    public byte[] Command;

    [Id(1)]
    public byte[] Context;

    [Id(2)]
    public long InspectorSeq;
}

[RegisterConverter]
internal sealed class CommandMessageConverter : IConverter<CommandMessage, CommandMessageSurrogate>
{
    public CommandMessage ConvertFromSurrogate(in CommandMessageSurrogate surrogate) =>
        new(WireJson.Read<GrainCommand>(surrogate.Command), WireJson.Read<CommandContext>(surrogate.Context), surrogate.InspectorSeq);

    public CommandMessageSurrogate ConvertToSurrogate(in CommandMessage value) => new()
    {
        Command = WireJson.Write(value.Command),
        Context = WireJson.Write(value.Context),
        InspectorSeq = value.InspectorSeq,
    };
}
