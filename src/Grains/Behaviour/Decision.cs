namespace Supervision.Grains.Behaviour;

/// <summary>Whether a command was accepted; its events are in the draft.</summary>
internal readonly record struct Decision(Rejection? Rejection, string? Created)
{
    public static Decision Accepted => default;

    public static Decision Creating(string path) => new(null, path);

    public static implicit operator Decision(Rejection? rejection) => new(rejection, null);
}
