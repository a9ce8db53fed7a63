using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Supervision.Api.Access;

namespace Supervision.Api.Writing;

/// <summary>Sends the command that a write asks for and waits for its outcome, but not for ever.</summary>
internal sealed class CommandSender(IGrainClient grains, IRegister register, IDocuments documents, IOptions<ApiOptions> options)
{
    /// <summary>Sends a command to the entity that a write is for.</summary>
    /// <param name="write">The write.</param>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Ends the waiting, never the command.</param>
    public async Task<Results<EntityWritten, ProblemHttpResult>> SendAsync(EntityWrite write, GrainCommand command, CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(options.Value.CommandWaitMax);
        try
        {
            var actor = await write.Context.Actor.WithIdentitiesAsync(register, bounded.Token);
            // Entities never leave the register, so what is there now is there when the command is decided.
            if (write.MustExist && await register.FindAsync(write.Entity, bounded.Token) is null)
                return Problems.NothingMatches(write.Entity);
            // To an inspector, what is withheld is not there, unless it is what the own checks are about.
            if (actor.Role == Role.Inspector && await register.IsWithheldAsync(write.Entity, bounded.Token)
                && await new OutsideRegister(register, actor).FindAsync(write.Entity, bounded.Token) is null)
                return Problems.From(new Rejection.NotRegistered(write.Entity));
            // What is stored stays stored, so this holds when the command is decided, too.
            if (write.Documents is { } named && await documents.UnknownToAsync(named, write.Context.Actor, bounded.Token) is { Count: > 0 } unknown)
                return Problems.DocumentsNotStored(named, unknown);
            var outcome = await grains.SendAsync(write.Entity, command with { Documents = write.Documents }, write.Context with { Actor = actor }, bounded.Token);
            return outcome.Status switch
            {
                CommandStatus.Accepted when Reader.RegisterFor(actor, register) is OutsideRegister outside => new EntityWritten(
                    write.Entity, outcome with { Entity = await outside.ShowAsync(outcome.Entity!, bounded.Token) }),
                CommandStatus.Accepted => new EntityWritten(write.Entity, outcome),
                CommandStatus.Rejected => Problems.From(outcome.Rejection!),
                CommandStatus.IdentityReused => Problems.IdempotencyKeyReused(),
                CommandStatus.Running => Problems.IdempotencyKeyInUse(),
                _ => throw new System.Diagnostics.UnreachableException($"{outcome.Status} has no answer."),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Problems.OutcomeUnknown();
        }
    }
}
