using Microsoft.Extensions.Logging;
using Npgsql;
using Supervision.Hosting.Activations;
using Supervision.Hosting.Inspectors;
using Supervision.Ledger.Imports;

namespace Supervision.Hosting.Imports;

/// <summary>Works through one file: every row becomes a command, many at once, and every row has an answer.</summary>
public sealed partial class ImportRunner(
    ImportStore store, GrainHost host, IGrainClient grains, NewGrainEntry entry, IRegister register, InspectorRegister inspectors, TimeProvider clock, ILogger<ImportRunner> logger)
{
    // Rows under way at once. Each COPY makes places for its first thousand rows anew, so blocks of half as many cost the database a fifth more; of
    // twice as many, the collector takes back what the database saves. The ledger waits for a block as long as it is copied.
    private const int RowsAtOnce = 2000;

    // Blocks that are being committed: one is copied where it need not wait for its place in the ledger, while the one before is copied into its place.
    private const int UnderWayMax = 2;

    // Tries for a row that the ledger cannot take at the moment.
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>Works through a job from its beginning; rows that are in the register already change nothing.</summary>
    public async Task RunAsync(ImportRequest job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        await store.BeginAsync(job.Id, cancellationToken);
        var tally = new ImportTally();
        var underWay = new Queue<Entering>();
        try
        {
            var dryRun = job.DryRun ? await PrepareDryRunAsync(job, cancellationToken) : null;
            ListReader? reader = null;
            var seen = new SeenRows();
            var rows = new List<NumberedRow>(RowsAtOnce);
            await foreach (var line in ImportFile.LinesAsync(store, job.Id, cancellationToken))
            {
                if (reader is null)
                {
                    reader = ImportFormats.ReaderOf(job.Format, job.Policy, ListHeader.Parse(line));
                    continue;
                }

                if (line.Length == 0)
                    continue;
                var row = new NumberedRow(++tally.Rows, line, reader.Read(line));
                if (row.Listed.Errors.Count > 0)
                    tally.Reject(row, row.Listed.Errors);
                else if (!seen.Add(row.Listed))
                    tally.Reject(row, [new RowError(reader.ColumnOf("key"), "listed-twice", $"{row.Listed.Grain} stands with the same in an earlier row of this file.")]);
                else
                    rows.Add(row);
                if (rows.Count < RowsAtOnce)
                    continue;
                await RunRowsAsync(new RowBlock(job, reader, rows, tally, dryRun, cancellationToken), underWay);
                rows = new List<NumberedRow>(RowsAtOnce);
                await store.ProgressAsync(job.Id, tally.ToProgress(), tally.TakeRejected(), cancellationToken);
            }

            if (reader is not null)
                await RunRowsAsync(new RowBlock(job, reader, rows, tally, dryRun, cancellationToken), underWay);
            await FinishAllAsync(underWay);
            await store.ProgressAsync(job.Id, tally.ToProgress(), tally.TakeRejected(), cancellationToken);
            await store.FinishAsync(job.Id, ImportStatus.Done, error: null, clock.GetUtcNow(), cancellationToken);
            LogDone(logger, job.Id, tally.Rows, tally.Rejected);
        }
        catch (ImportRefusedException exception)
        {
            await store.FinishAsync(job.Id, ImportStatus.Failed, exception.Message, clock.GetUtcNow(), cancellationToken);
        }
        catch (Exception exception) when (IsOfTheFile(exception))
        {
            // Taken up again it would end so again, and keep later ones waiting.
            LogFailed(logger, job.Id, exception);
            await store.FinishAsync(
                job.Id, ImportStatus.Failed, $"An error of the program ended it after {tally.Rows} rows; those before are in the register. Its log names the error.", clock.GetUtcNow(),
                cancellationToken);
        }
        finally
        {
            // Whatever interrupts the job, nothing of it goes on behind its back.
            foreach (var entering in underWay)
                await ((Task)entering.Commit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Whether something in the file is behind a failure, and not that the database or the silo goes away.</summary>
    private static bool IsOfTheFile(Exception exception) => exception switch
    {
        OperationCanceledException or LedgerUnavailableException or IOException or TimeoutException or ObjectDisposedException => false,
        // Values that the database does not take, and statements that it does not understand.
        PostgresException refused => refused.SqlState.AsSpan(0, 2) is "22" or "23" or "42" or "54",
        NpgsqlException => false,
        _ => true,
    };

    /// <summary>Reads the whole file once: what a row would leave is kept only where another names it.</summary>
    private async Task<DryRun> PrepareDryRunAsync(ImportRequest job, CancellationToken cancellationToken)
    {
        var dryRun = new DryRun(host);
        ListReader? reader = null;
        await foreach (var line in ImportFile.LinesAsync(store, job.Id, cancellationToken))
        {
            if (reader is null)
                reader = ImportFormats.ReaderOf(job.Format, job.Policy, ListHeader.Parse(line));
            else if (line.Length > 0)
                dryRun.Note(reader.Read(line));
        }

        return dryRun;
    }

    /// <summary>Runs some rows. Those that are new are decided while rows before them are committed, and are themselves being committed afterwards.</summary>
    private async Task RunRowsAsync(RowBlock rows, Queue<Entering> underWay)
    {
        if (rows.DryRun is not null)
        {
            await RunEachAsync(rows, rows.Rows);
            return;
        }

        var decided = await entry.DecideAsync(rows.Rows, rows.Job.Actor, [.. underWay.Select(entering => entering.Decided)]);
        if (underWay.Count == UnderWayMax && !await FinishAsync(underWay.Dequeue()))
        {
            // What rested on rows that came to be otherwise rests on nothing.
            await FinishAllAsync(underWay);
            decided = await entry.DecideAsync(rows.Rows, rows.Job.Actor, []);
        }

        var before = underWay.LastOrDefault()?.Commit;
        underWay.Enqueue(new Entering(rows, decided, decided.Entered.Count == 0 ? before ?? Task.FromResult(true) : entry.CommitAsync(decided, before)));
        // Later rows may rest on those that are left.
        if (decided.Left.Count > 0)
            await FinishAllAsync(underWay);
    }

    private async Task FinishAllAsync(Queue<Entering> underWay)
    {
        while (underWay.TryDequeue(out var entering))
            await FinishAsync(entering);
    }

    /// <summary>Waits until rows are committed and runs those that are left; false where they were not taken together.</summary>
    private async Task<bool> FinishAsync(Entering entering)
    {
        var isTaken = await entering.Commit;
        if (isTaken)
        {
            foreach (var _ in entering.Decided.Entered)
                entering.Rows.Tally.Accept(changed: true);
        }

        await RunEachAsync(entering.Rows, isTaken ? entering.Decided.Left : entering.Rows.Rows);
        return isTaken;
    }

    private async Task RunEachAsync(RowBlock block, IReadOnlyList<NumberedRow> rows)
    {
        var running = new List<Task>(rows.Count);
        foreach (var row in rows)
        {
            if (block.DryRun?.IsInOrder(row.Listed) ?? row.Listed.InOrder)
            {
                await Task.WhenAll(running);
                running.Clear();
                await RunRowAsync(block, row);
                continue;
            }

            running.Add(RunRowAsync(block, row));
        }

        await Task.WhenAll(running);
    }

    private async Task RunRowAsync(RowBlock block, NumberedRow row)
    {
        var (job, reader, _, tally, dryRun, stopping) = block;
        var listed = row.Listed;
        if (listed.OtherStatus is { } status && await WithoutGrantAsync(listed, status) is { } wrong)
        {
            tally.Reject(row, [wrong]);
            return;
        }

        var send = dryRun is null ? (Func<GrainId, GrainCommand, Actor, Task<(Rejection?, bool)>>)((grain, command, actor) => SendAsync(grain, command, actor, stopping)) : dryRun.TryAsync;
        var merged = false;
        // What was registered under the name of an enterprise becomes that of its credit code, before anything rests on it.
        if (listed.SameByName is { } byName && dryRun?.IsMerged(byName) != true && await register.FindAsync(byName, CancellationToken.None) is { View.MergedInto: null })
        {
            var into = listed.Grain.Kind == GrainKind.Enterprise ? listed.Grain : listed.Listing!.Entity.Enterprise!.Value;
            (var refused, merged) = await send(byName, new GrainCommand.Merge(into, $"import {job.Id}"), job.Actor);
            if (refused is not null)
            {
                tally.Reject(row, [new RowError(reader.ColumnOf(listed.Grain.Kind == GrainKind.Enterprise ? "key" : "into"), refused.Code, refused.Detail)]);
                return;
            }
        }

        var (command, refusal) = listed.Command is GrainCommand.RegisterInspector inspector
            ? await inspectors.ForRowAsync(listed.Grain, inspector, stopping)
            : (listed.Command, null);
        var (rejection, changed) = refusal is null ? await send(listed.Grain, command!, job.Actor) : (refusal, false);
        if (rejection is not null)
            tally.Reject(row, [new RowError(reader.ColumnOf(rejection), rejection.Code, rejection.Detail)]);
        else
            tally.Accept(changed || merged);
    }

    /// <summary>A title that is no longer as it was granted got there by decisions, which a list does not take: it can only be there already.</summary>
    private async Task<RowError?> WithoutGrantAsync(ListedRow listed, string status)
    {
        var grant = listed.Listing!.Grant!;
        var found = await register.FindAsync(listed.Grain, CancellationToken.None);
        while (found is { View.MergedInto: { } into })
            found = await register.FindAsync(into, CancellationToken.None);
        var held = found?.View.Titles ?? [];
        return held.Any(title => title.Policy == grant.Policy && title.Level == grant.Level && (grant.Honour is null || title.Honour == grant.Honour))
            ? null
            : new RowError(RegisterColumn.Status, "status-not-entered", $"An import grants titles; how one became '{status}' is for decisions to say. Import it as listed.");
    }

    private async Task<(Rejection? Rejection, bool Changed)> SendAsync(GrainId grain, GrainCommand command, Actor actor, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                var outcome = await grains.SendAsync(grain, command, new CommandContext(actor), CancellationToken.None);
                return (outcome.Rejection, outcome.Changed);
            }
            catch (LedgerUnavailableException)
            {
                // A row is never dropped because others were quicker; the command may be repeated, it changes nothing twice.
                // A silo that stops leaves the job as it is, to be begun again.
                await Task.Delay(RetryDelay, TimeProvider.System, stopping);
            }
        }
    }

    [LoggerMessage(EventId = 3201, Level = LogLevel.Information, Message = "Import {Job} is done: {Rows} rows, {Rejected} rejected")]
    private static partial void LogDone(ILogger logger, Guid job, long rows, long rejected);

    [LoggerMessage(EventId = 3202, Level = LogLevel.Error, Message = "Import {Job} was ended by an error")]
    private static partial void LogFailed(ILogger logger, Guid job, Exception exception);
}

/// <summary>A row of a file and its number.</summary>
/// <param name="Number">From 1, without the header.</param>
/// <param name="Line">As it stands in the file.</param>
/// <param name="Listed">As it was read.</param>
internal sealed record NumberedRow(long Number, string Line, ListedRow Listed);

/// <summary>Rows that are run together.</summary>
/// <param name="Job">Their job.</param>
/// <param name="Reader">What read them.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Tally">Where it is told how they ended.</param>
/// <param name="DryRun">Where they are tried; null: they are written.</param>
/// <param name="Stopping">Ends the waiting for a ledger that does not answer.</param>
internal sealed record RowBlock(ImportRequest Job, ListReader Reader, IReadOnlyList<NumberedRow> Rows, ImportTally Tally, DryRun? DryRun, CancellationToken Stopping);

/// <summary>Rows that are being committed.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Decided">What becomes of them.</param>
/// <param name="Commit">Whether they were taken together.</param>
internal sealed record Entering(RowBlock Rows, NewGrainBlock Decided, Task<bool> Commit);
