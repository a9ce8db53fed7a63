namespace Supervision.Grains.Policies;

/// <summary>One thing that is wrong with a policy's file.</summary>
/// <param name="File">The file.</param>
/// <param name="Path">Where in the file, as a JSON path: <c>$.checks.resets[1]</c>.</param>
/// <param name="Reason">What is wrong.</param>
public sealed record PolicyFailure(string File, string Path, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}, {Path}: {Reason}";
}

/// <summary>A policy's file that cannot be used, with everything that is wrong with it.</summary>
public sealed class PolicyException : Exception
{
    /// <summary>Puts the failures together.</summary>
    public PolicyException(IReadOnlyList<PolicyFailure> failures, Exception? inner = null)
        : base(string.Join(Environment.NewLine, failures), inner) => Failures = failures;

    /// <summary>Everything that is wrong, at least one.</summary>
    public IReadOnlyList<PolicyFailure> Failures { get; }
}
