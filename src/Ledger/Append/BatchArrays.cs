using Npgsql;
using NpgsqlTypes;
using Supervision.Ledger.Merkle;
using Supervision.Ledger.Query;

namespace Supervision.Ledger.Append;

/// <summary>A batch as the arrays that the functions of the database take, one array a column.</summary>
internal sealed class BatchArrays
{
    private readonly Columns _columns;
    private readonly Guid _batch;
    private readonly byte[] _root;
    private readonly DateTime _at;

    private BatchArrays(Columns columns, Guid batch, byte[] root, DateTimeOffset at, AppendCommitted[] places, Head behind, Head after)
    {
        (_columns, _batch, _root, _at) = (columns, batch, root, at.UtcDateTime);
        (Places, Behind, After) = (places, behind, after);
    }

    /// <summary>The end of the ledger behind which it was built.</summary>
    public Head Behind { get; }

    /// <summary>Where each append comes to stand if the batch commits.</summary>
    public AppendCommitted[] Places { get; }

    /// <summary>The end of the ledger if the batch commits.</summary>
    public Head After { get; }

    /// <summary>Whether rows change that need no place in the order.</summary>
    public bool HasPreparation => _columns.HasPreparation;

    /// <summary>Builds the arrays for a batch behind a head: gives every event its seq and every root its hash.</summary>
    public static BatchArrays Build(Batch batch, Head head, DateTimeOffset at)
    {
        var tree = head.Tree();
        var columns = new Columns();
        var lastSeqs = new long[batch.Appends.Count][];
        for (var place = 0; place < batch.Appends.Count; place++)
            lastSeqs[place] = columns.Add(batch.Appends[place].Request, place, tree);
        columns.Sort();
        var after = new Head(tree.Size, tree.ToBytes());
        return new BatchArrays(columns, batch.Id, tree.Root(), at, [.. lastSeqs.Select(seqs => new AppendCommitted(seqs, after.Seq))], head, after);
    }

    /// <summary>What <c>prepare_batch</c> takes.</summary>
    public NpgsqlParameter[] Preparation() => _columns.Preparation(_at);

    /// <summary>What <c>place_batch</c> takes.</summary>
    public NpgsqlParameter[] Placement() => _columns.Placement();

    /// <summary>What <c>finish_batch</c> takes.</summary>
    public NpgsqlParameter[] Finish() =>
    [
        new NpgsqlParameter<Guid> { TypedValue = _batch },
        new NpgsqlParameter<long> { TypedValue = Behind.Seq },
        new NpgsqlParameter<byte[]> { TypedValue = Behind.Frontier },
        new NpgsqlParameter<long> { TypedValue = After.Seq },
        new NpgsqlParameter<byte[]> { TypedValue = After.Frontier },
        new NpgsqlParameter<byte[]> { TypedValue = _root },
        new NpgsqlParameter<DateTime> { TypedValue = _at },
        .. _columns.Finish(),
    ];

    /// <summary>What <c>batch_conflicts</c> takes.</summary>
    public NpgsqlParameter[] Claims() => _columns.Claims();

    private sealed class Columns
    {
        private readonly List<(string Grain, long Version, int Append)> _claims = [];
        private readonly List<(string Grain, long Version)> _read = [];
        private readonly List<(string Grain, long Version, long PreviousSeq, NewEvent Event)> _events = [];
        private readonly List<(long Seq, PrivateMember Text)> _private = [];
        private readonly List<(GrainAppend Grain, long Version, long LastSeq)> _moved = [];
        private readonly List<(GrainAppend Grain, long Version, long LastSeq)> _changed = [];
        private readonly List<(GrainAppend Grain, long Version, long LastSeq)> _new = [];
        private readonly List<string> _retitled = [];
        private readonly List<(string Grain, TitleColumns Title)> _titles = [];
        private readonly List<(string Grain, WorkColumns Work)> _doneWork = [];
        private readonly List<(string Grain, DateOnly? WasDueOn, WorkColumns Work)> _changedWork = [];
        private readonly List<(string Grain, WorkColumns Work)> _newWork = [];
        private readonly List<(string Grain, DateTime DueAt)> _wakeUps = [];
        private readonly List<(int Place, CommandRecord Command, long Seq)> _commands = [];

        public bool HasPreparation =>
            _moved.Count + _changed.Count + _doneWork.Count + _changedWork.Count + _newWork.Count + _wakeUps.Count + _commands.Count > 0;

        public long[] Add(AppendRequest request, int place, MerkleFrontier tree)
        {
            var lastSeqs = new long[request.Grains.Count];
            for (var i = 0; i < lastSeqs.Length; i++)
                lastSeqs[i] = Add(request.Grains[i], place, tree);
            if (request.Command is { } command)
            {
                var target = 0;
                while (request.Grains[target].Grain != command.Grain)
                    target++;
                _commands.Add((place, command, lastSeqs[target]));
            }

            return lastSeqs;
        }

        /// <summary>Puts the rows for which others may be waited in an order that all silos share.</summary>
        public void Sort()
        {
            _moved.Sort(ByGrain);
            _changed.Sort(ByGrain);

            static int ByGrain((GrainAppend Grain, long Version, long LastSeq) one, (GrainAppend Grain, long Version, long LastSeq) other) =>
                string.CompareOrdinal(one.Grain.Grain.Value, other.Grain.Grain.Value);
        }

        private long Add(GrainAppend append, int place, MerkleFrontier tree)
        {
            var grain = append.Grain.Value;
            _claims.Add((grain, append.ExpectedVersion, place));
            var (version, seq) = (append.ExpectedVersion, append.LastSeq);
            foreach (var @event in append.Events)
            {
                _events.Add((grain, ++version, seq, @event));
                tree.Append(@event.LeafHash);
                seq = tree.Size;
                foreach (var text in @event.Private)
                    _private.Add((seq, text));
            }

            if (append.Events.Count == 0)
            {
                _read.Add((grain, append.ExpectedVersion));
                return seq;
            }

            (append.ExpectedVersion == 0 ? _new : append.Columns is null ? _moved : _changed).Add((append, version, seq));
            if (append is { WakeUpMoves: true, WakeUp: { } dueAt })
                _wakeUps.Add((grain, dueAt.UtcDateTime));
            if (append.Titles is { } titles)
            {
                _retitled.Add(grain);
                foreach (var title in titles)
                    _titles.Add((grain, title));
            }

            if (append.Work is { } work)
                Add(grain, work);
            return seq;
        }

        private void Add(string grain, ChangedWork work)
        {
            foreach (var item in work.Done)
                _doneWork.Add((grain, item));
            foreach (var (was, item) in work.Changed)
                _changedWork.Add((grain, was.DueOn, item));
            foreach (var item in work.New)
                _newWork.Add((grain, item));
        }

        public NpgsqlParameter[] Preparation(DateTime at) =>
        [
            new NpgsqlParameter<DateTime> { TypedValue = at },
            Text(_moved, row => row.Grain.Grain.Value), Bigint(_moved, row => row.Grain.ExpectedVersion), Bigint(_moved, row => row.Version),
            Bigint(_moved, row => row.LastSeq), Utf8(_moved, row => row.Grain.State), WakeUps(_moved),
            Text(_changed, row => row.Grain.Grain.Value), Bigint(_changed, row => row.Grain.ExpectedVersion), .. Entities(_changed),
            Text(_doneWork, row => row.Grain), Text(_doneWork, row => row.Work.Item), DueOn(_doneWork, row => row.Work.DueOn), Text(_doneWork, row => row.Work.Id),
            Text(_changedWork, row => row.Grain), Text(_changedWork, row => row.Work.Item), DueOn(_changedWork, row => row.WasDueOn), .. Work(_changedWork, row => row.Work),
            Text(_newWork, row => row.Grain), Text(_newWork, row => row.Work.Item), .. Work(_newWork, row => row.Work),
            Text(_wakeUps, row => row.Grain), Instant(_wakeUps, row => row.DueAt),
            Uuid(_commands, row => row.Command.Identity.Id), Bytes(_commands, row => row.Command.Identity.RequestHash), Text(_commands, row => row.Command.Grain.Value),
            Bigint(_commands, row => row.Command.Version), Bigint(_commands, row => row.Seq), Text(_commands, row => row.Command.Created),
            Text(_commands, row => row.Command.Rejection is { } rejection ? KebabCase<RejectionClass>.Word(rejection.Class) : null),
            Text(_commands, row => row.Command.Rejection?.Code), Text(_commands, row => row.Command.Rejection?.Article),
            Text(_commands, row => row.Command.Rejection?.Detail), Text(_commands, row => row.Command.Rejection?.Field),
        ];

        public NpgsqlParameter[] Placement()
        {
            var rows = _moved.Concat(_changed).ToList();
            return
            [
                Text(rows, row => row.Grain.Grain.Value), Bigint(rows, row => row.LastSeq),
                Uuid(_commands, row => row.Command.Identity.Id), Bigint(_commands, row => row.Seq),
            ];
        }

        public NpgsqlParameter[] Finish() =>
        [
            Text(_read, row => row.Grain), Bigint(_read, row => row.Version),
            Text(_events, row => row.Grain), Bigint(_events, row => row.Version), Text(_events, row => row.Event.Type), Instant(_events, row => row.Event.At.UtcDateTime),
            Date(_events, row => row.Event.EffectiveOn), Text(_events, row => row.Event.Actor), Uuid(_events, row => row.Event.CommandId),
            Bigint(_events, row => row.PreviousSeq), Utf8(_events, row => row.Event.Data), Bytes(_events, row => row.Event.LeafHash),
            Bigint(_private, row => row.Seq), Text(_private, row => row.Text.Member), Bytes(_private, row => row.Text.Salt), Text(_private, row => row.Text.Value),
            Text(_new, row => row.Grain.Grain.Value), .. Entities(_new),
            Text(_retitled, grain => grain),
            Text(_titles, row => row.Grain), Text(_titles, row => row.Title.Policy), Text(_titles, row => row.Title.Honour), Text(_titles, row => row.Title.Level),
            Text(_titles, row => row.Title.Status), Text(_titles, row => row.Title.Authority), Text(_titles, row => row.Title.Certificate),
            Date(_titles, row => row.Title.GrantedOn), Text(_titles, row => row.Title.Evaluator), Text(_titles, row => row.Title.Batch),
            Date(_titles, row => row.Title.ExemptUntil),
        ];

        public NpgsqlParameter[] Claims() =>
        [
            Text(_claims, row => row.Grain), Bigint(_claims, row => row.Version), Integer(_claims, row => row.Append),
            Integer(_commands, row => row.Place), Uuid(_commands, row => row.Command.Identity.Id),
        ];

        private static NpgsqlParameter[] Entities(List<(GrainAppend Grain, long Version, long LastSeq)> rows) =>
        [
            Bigint(rows, row => row.Version), Bigint(rows, row => row.LastSeq), Utf8(rows, row => row.Grain.State),
            Text(rows, row => row.Grain.Columns!.Kind), Text(rows, row => row.Grain.Columns!.Name), Text(rows, row => row.Grain.Columns!.Region),
            Text(rows, row => row.Grain.Columns!.Industry), Text(rows, row => row.Grain.Columns!.RiskClass), Text(rows, row => row.Grain.Columns!.Standing),
            Text(rows, row => row.Grain.Columns!.Enterprise), Text(rows, row => row.Grain.Columns!.Search), WakeUps(rows),
        ];

        private static NpgsqlParameter[] Work<TRow>(List<TRow> rows, Func<TRow, WorkColumns> work) =>
        [
            Text(rows, row => work(row).Id), Text(rows, row => work(row).Status), Text(rows, row => work(row).Policy), Text(rows, row => work(row).Level),
            DueOn(rows, row => work(row).DueOn), Text(rows, row => work(row).Inspectors),
        ];

        private static NpgsqlParameter Text<TRow>(List<TRow> rows, Func<TRow, string?> value) => Array(rows, value, NpgsqlDbType.Text);

        private static NpgsqlParameter Utf8<TRow>(List<TRow> rows, Func<TRow, byte[]> value) => Array(rows, value, NpgsqlDbType.Text);

        private static NpgsqlParameter Bigint<TRow>(List<TRow> rows, Func<TRow, long> value) => Array(rows, value, NpgsqlDbType.Bigint);

        private static NpgsqlParameter Integer<TRow>(List<TRow> rows, Func<TRow, int> value) => Array(rows, value, NpgsqlDbType.Integer);

        private static NpgsqlParameter Uuid<TRow>(List<TRow> rows, Func<TRow, Guid?> value) => Array(rows, value, NpgsqlDbType.Uuid);

        private static NpgsqlParameter Bytes<TRow>(List<TRow> rows, Func<TRow, byte[]> value) => Array(rows, value, NpgsqlDbType.Bytea);

        private static NpgsqlParameter Date<TRow>(List<TRow> rows, Func<TRow, DateOnly?> value) => Array(rows, value, NpgsqlDbType.Date);

        /// <summary>Last days in the order of the lists, where what has none comes last.</summary>
        private static NpgsqlParameter DueOn<TRow>(List<TRow> rows, Func<TRow, DateOnly?> value) => Array(rows, row => value(row) ?? WorkQuery.NoDay, NpgsqlDbType.Date);

        private static NpgsqlParameter Instant<TRow>(List<TRow> rows, Func<TRow, DateTime> value) => Array(rows, value, NpgsqlDbType.TimestampTz);

        private static NpgsqlParameter WakeUps(List<(GrainAppend Grain, long Version, long LastSeq)> rows) =>
            Array(rows, row => row.Grain.WakeUp?.UtcDateTime, NpgsqlDbType.TimestampTz);

        private static NpgsqlParameter<T[]> Array<TRow, T>(List<TRow> rows, Func<TRow, T> value, NpgsqlDbType element)
        {
            var values = rows.Count == 0 ? [] : new T[rows.Count];
            var isNothing = true;
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = value(rows[i]);
                isNothing = isNothing && values[i] is null;
            }

            // Beside longer columns the database takes what is missing for nothing, too.
            return new() { TypedValue = isNothing ? [] : values, NpgsqlDbType = NpgsqlDbType.Array | element };
        }
    }
}
