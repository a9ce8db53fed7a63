namespace Supervision.Ledger.Append;

/// <summary>An append in the queue and whoever waits for it.</summary>
internal sealed class PendingAppend(AppendRequest request)
{
    private readonly TaskCompletionSource<AppendOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AppendRequest Request => request;

    public Task<AppendOutcome> Outcome => _completion.Task;

    public void Commit(AppendCommitted committed)
    {
        request.OnCommitted(committed);
        _completion.TrySetResult(new AppendOutcome.Committed(committed));
    }

    public void Complete(AppendOutcome outcome) => _completion.TrySetResult(outcome);

    public void Fail(Exception exception) => _completion.TrySetException(exception);
}
