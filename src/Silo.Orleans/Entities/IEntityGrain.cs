using Supervision.Silo.Orleans.Wire;

namespace Supervision.Silo.Orleans.Entities;

/// <summary>
/// A grain of the register where it is active; its key is <c>kind/key</c>. The kind stays in the key because storage providers take keys
/// that read as numbers for numbers.
/// </summary>
internal interface IEntityGrain : IGrainWithStringKey
{
    /// <summary>Decides a command; answers when its outcome is durable.</summary>
    ValueTask<CommandReply> SendAsync(CommandMessage message);
}
