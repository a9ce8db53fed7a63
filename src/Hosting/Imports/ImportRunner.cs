using Microsoft.Extensions.Logging;
using Supervision.Hosting.Activations;
using Supervision.Ledger.Imports;

namespace Supervision.Hosting.Imports;

/// <summary>Works through one file: every row becomes a command, many at once, and every row has an answer.</summary>
public sealed partial class ImportRunner(ImportStore store, GrainHost grains, TimeProvider clock, ILogger<ImportRunner> logger)
{
    // Rows under way at once: enough to fill a commit while the one before is under way.
    private const int RowsAtOnce = 1000;

    // Tries for a row that the ledger cannot take at the moment.
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>Works through a job from its beginning; rows that are in the register already change nothing.</summary>
    public async Task RunAsync(ImportRequest job, CancellationToken cancellationToken)
    {
        await store.BeginAsync(job.Id, cancellationToken);
        var tally = new Tally();
        try
        {
            NationalList? list = null;
            var seen = new HashSet<GrainId>();
            var rows = new List<Task>(RowsAtOnce);
            await foreach (var line in ImportFile.LinesAsync(store, job.Id, cancellationToken))
            {
                if (list is null)
                {
                    list = NationalList.Of(line, job.Policy);
                    continue;
                }

                if (line.Length == 0)
                    continue;
                rows.Add(RunRowAsync(job, ++tally.Rows, list.Read(line), seen, tally));
                if (rows.Count < RowsAtOnce)
                    continue;
                await Task.WhenAll(rows);
                rows.Clear();
                await store.ProgressAsync(job.Id, tally.ToProgress(), tally.TakeErrors(), cancellationToken);
            }

            await Task.WhenAll(rows);
            await store.ProgressAsync(job.Id, tally.ToProgress(), tally.TakeErrors(), cancellationToken);
            await store.FinishAsync(job.Id, ImportStatus.Done, error: null, clock.GetUtcNow(), cancellationToken);
            LogDone(logger, job.Id, tally.Rows, tally.Rejected);
        }
        catch (ImportRefusedException exception)
        {
            await store.FinishAsync(job.Id, ImportStatus.Failed, exception.Message, clock.GetUtcNow(), cancellationToken);
        }
    }

    private async Task RunRowAsync(ImportRequest job, long number, ListedRow row, HashSet<GrainId> seen, Tally tally)
    {
        if (row.Errors.Count > 0)
        {
            tally.Reject(number, row.Errors);
            return;
        }

        if (row.Command is null)
        {
            tally.Skip();
            return;
        }

        if (!seen.Add(row.Grain))
        {
            tally.Reject(number, [("entity_id", "listed-twice", $"{row.Grain.Key} stands in an earlier row of this file.")]);
            return;
        }

        var (rejection, changed) = job.DryRun ? await TryAsync(row, job.Actor) : await SendAsync(row, job.Actor);
        if (rejection is not null)
            tally.Reject(number, [(NationalList.ColumnOf(rejection.Field), rejection.Code, rejection.Detail)]);
        else
            tally.Accept(changed);
    }

    private async Task<(Rejection? Rejection, bool Changed)> TryAsync(ListedRow row, Actor actor)
    {
        var turn = await grains.TryAsync(row.Grain, row.Command!, actor);
        return (turn.Rejection, turn.Target.Events.Count > 0);
    }

    private async Task<(Rejection? Rejection, bool Changed)> SendAsync(ListedRow row, Actor actor)
    {
        while (true)
        {
            try
            {
                var outcome = await grains.SendAsync(row.Grain, row.Command!, new CommandContext(actor), CancellationToken.None);
                return (outcome.Rejection, outcome.Changed);
            }
            catch (LedgerUnavailableException)
            {
                // A row is never dropped because others were quicker; the command may be repeated, it changes nothing twice.
                await Task.Delay(RetryDelay, TimeProvider.System);
            }
        }
    }

    [LoggerMessage(EventId = 3201, Level = LogLevel.Information, Message = "Import {Job} is done: {Rows} rows, {Rejected} rejected")]
    private static partial void LogDone(ILogger logger, Guid job, long rows, long rejected);

    private sealed class Tally
    {
        private readonly Lock _lock = new();
        private readonly List<ImportError> _errors = [];
        private long _accepted;
        private long _unchanged;
        private long _skipped;

        public long Rows { get; set; }

        public long Rejected { get; private set; }

        public void Accept(bool changed)
        {
            lock (_lock)
            {
                if (changed)
                    _accepted++;
                else
                    _unchanged++;
            }
        }

        public void Skip()
        {
            lock (_lock)
                _skipped++;
        }

        public void Reject(long row, IReadOnlyList<(string? Column, string Code, string Message)> errors)
        {
            lock (_lock)
            {
                Rejected++;
                _errors.AddRange(errors.Select((error, place) => new ImportError(row, place + 1, error.Column, error.Code, error.Message)));
            }
        }

        public ImportProgress ToProgress()
        {
            lock (_lock)
                return new ImportProgress(Rows, _accepted, _unchanged, _skipped, Rejected);
        }

        public IReadOnlyList<ImportError> TakeErrors()
        {
            lock (_lock)
            {
                ImportError[] errors = [.. _errors];
                _errors.Clear();
                return errors;
            }
        }
    }
}
