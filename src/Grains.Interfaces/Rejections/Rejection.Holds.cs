namespace Supervision;

public abstract partial record Rejection
{
    /// <summary>Somebody has decided about the hold.</summary>
    public sealed record HoldClosed(long Hold, HoldStatus Status)
        : Rejection(RejectionClass.Conflict, "hold-closed", Contract, $"Hold {Hold} is {KebabCase<HoldStatus>.Word(Status)}.");
}
