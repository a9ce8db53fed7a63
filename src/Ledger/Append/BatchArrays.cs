using Npgsql;
using NpgsqlTypes;
using Supervision.Ledger.Merkle;

namespace Supervision.Ledger.Append;

/// <summary>A batch as the arrays that the append function takes, one array a column.</summary>
internal sealed class BatchArrays
{
    private const int Parameters = 78;

    public static readonly string AppendSql =
        "SELECT (result).status, (result).seq, (result).frontier, (result).stale, (result).duplicate FROM append_batch("
        + string.Join(", ", Enumerable.Range(1, Parameters).Select(place => $"${place}")) + ") AS result";

    private readonly NpgsqlParameter[] _parameters;

    private BatchArrays(NpgsqlParameter[] parameters, AppendCommitted[] places, Head behind, Head after) =>
        (_parameters, Places, Behind, After) = (parameters, places, behind, after);

    /// <summary>The end of the ledger behind which it was built.</summary>
    public Head Behind { get; }

    /// <summary>Where each append comes to stand if the batch commits.</summary>
    public AppendCommitted[] Places { get; }

    /// <summary>The end of the ledger if the batch commits.</summary>
    public Head After { get; }

    public void AddTo(NpgsqlParameterCollection parameters)
    {
        parameters.Clear();
        foreach (var parameter in _parameters)
            parameters.Add(parameter);
    }

    /// <summary>Builds the arrays for a batch behind a head: gives every event its seq and every root its hash.</summary>
    public static BatchArrays Build(Batch batch, Head head, DateTimeOffset at)
    {
        var tree = head.Tree();
        var columns = new Columns();
        var lastSeqs = new long[batch.Appends.Count][];
        for (var place = 0; place < batch.Appends.Count; place++)
            lastSeqs[place] = columns.Add(batch.Appends[place].Request, place, tree);
        var after = new Head(tree.Size, tree.ToBytes());
        return new BatchArrays(
            columns.ToParameters(batch.Id, head.Seq, after, tree.Root(), at),
            [.. lastSeqs.Select(seqs => new AppendCommitted(seqs, after.Seq))],
            head, after);
    }

    private sealed class Columns
    {
        private readonly List<string> _readGrain = [];
        private readonly List<long> _readVersion = [];
        private readonly List<int> _readAppend = [];

        private readonly List<string> _onlyReadGrain = [];
        private readonly List<long> _onlyReadVersion = [];

        private readonly List<string> _grain = [];
        private readonly List<long> _version = [];
        private readonly List<string> _type = [];
        private readonly List<DateTime> _at = [];
        private readonly List<DateOnly> _effectiveOn = [];
        private readonly List<string> _actor = [];
        private readonly List<Guid?> _commandId = [];
        private readonly List<long> _previousSeq = [];
        private readonly List<byte[]> _data = [];
        private readonly List<byte[]> _leafHash = [];

        private readonly List<long> _privateSeq = [];
        private readonly List<PrivateMember> _private = [];

        private readonly List<(GrainAppend Grain, long Version, long LastSeq)> _moved = [];
        private readonly List<(GrainAppend Grain, long Version, long LastSeq)> _changed = [];
        private readonly List<string> _retitled = [];
        private readonly List<(string Grain, TitleColumns Title)> _titles = [];
        private readonly List<string> _reworked = [];
        private readonly List<(string Grain, WorkColumns Work)> _work = [];
        private readonly List<(string Grain, DateTime? DueAt)> _wakeUps = [];
        private readonly List<(int Place, CommandRecord Command, long Seq)> _commands = [];

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

        private long Add(GrainAppend append, int place, MerkleFrontier tree)
        {
            _readGrain.Add(append.Grain.Value);
            _readVersion.Add(append.ExpectedVersion);
            _readAppend.Add(place);
            var (version, seq) = (append.ExpectedVersion, append.LastSeq);
            foreach (var @event in append.Events)
            {
                _grain.Add(append.Grain.Value);
                _version.Add(++version);
                _type.Add(@event.Type);
                _at.Add(@event.At.UtcDateTime);
                _effectiveOn.Add(@event.EffectiveOn);
                _actor.Add(@event.Actor);
                _commandId.Add(@event.CommandId);
                _previousSeq.Add(seq);
                _data.Add(@event.Data);
                _leafHash.Add(@event.LeafHash);
                tree.Append(@event.LeafHash);
                seq = tree.Size;
                foreach (var text in @event.Private)
                {
                    _privateSeq.Add(seq);
                    _private.Add(text);
                }
            }

            if (append.Events.Count == 0)
            {
                _onlyReadGrain.Add(append.Grain.Value);
                _onlyReadVersion.Add(append.ExpectedVersion);
                return seq;
            }

            (append.Columns is null ? _moved : _changed).Add((append, version, seq));
            if (append.WakeUp is { } wakeUp)
                _wakeUps.Add((append.Grain.Value, wakeUp.DueAt?.UtcDateTime));
            if (append.Titles is { } titles)
            {
                _retitled.Add(append.Grain.Value);
                foreach (var title in titles)
                    _titles.Add((append.Grain.Value, title));
            }

            if (append.Work is { } work)
            {
                _reworked.Add(append.Grain.Value);
                foreach (var item in work)
                    _work.Add((append.Grain.Value, item));
            }

            return seq;
        }

        public NpgsqlParameter[] ToParameters(Guid batch, long head, Head after, byte[] root, DateTimeOffset at) =>
        [
            new NpgsqlParameter<Guid> { TypedValue = batch },
            new NpgsqlParameter<long> { TypedValue = head },
            new NpgsqlParameter<long> { TypedValue = after.Seq },
            new NpgsqlParameter<byte[]> { TypedValue = after.Frontier },
            new NpgsqlParameter<byte[]> { TypedValue = root },
            new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime },
            Text(_readGrain), Bigint(_readVersion), Integer(_readAppend),
            Text(_onlyReadGrain), Bigint(_onlyReadVersion),
            Text(_grain), Bigint(_version), Text(_type), Instant(_at), Date(_effectiveOn), Text(_actor), Array(_commandId, NpgsqlDbType.Uuid),
            Bigint(_previousSeq), Utf8(_data), Bytes(_leafHash),
            Bigint(_privateSeq), Text(_private.Select(text => text.Member)), Bytes(_private.Select(text => text.Salt)), Text(_private.Select(text => text.Value)),
            Text(_moved.Select(row => row.Grain.Grain.Value)), Bigint(_moved.Select(row => row.Grain.ExpectedVersion)),
            Bigint(_moved.Select(row => row.Version)), Bigint(_moved.Select(row => row.LastSeq)), Utf8(_moved.Select(row => row.Grain.State)),
            Text(_changed.Select(row => row.Grain.Grain.Value)), Bigint(_changed.Select(row => row.Grain.ExpectedVersion)),
            Bigint(_changed.Select(row => row.Version)), Bigint(_changed.Select(row => row.LastSeq)), Utf8(_changed.Select(row => row.Grain.State)),
            Changed(columns => columns.Kind), Changed(columns => columns.Name), Changed(columns => columns.Region), Changed(columns => columns.Industry),
            Changed(columns => columns.RiskClass), Changed(columns => columns.Standing), Changed(columns => columns.Enterprise), Changed(columns => columns.Search),
            Text(_retitled),
            Text(_titles.Select(row => row.Grain)), Titled(title => title.Policy), Titled(title => title.Honour), Titled(title => title.Level),
            Titled(title => title.Status), Titled(title => title.Authority), Titled(title => title.Certificate),
            Date(_titles.Select(row => row.Title.GrantedOn)), Titled(title => title.Evaluator), Titled(title => title.Batch),
            Array(_titles.Select(row => row.Title.ExemptUntil), NpgsqlDbType.Date),
            Text(_reworked),
            Text(_work.Select(row => row.Grain)), Worked(work => work.Item), Worked(work => work.Id), Worked(work => work.Status),
            Worked(work => work.Policy), Worked(work => work.Level), Array(_work.Select(row => row.Work.DueOn), NpgsqlDbType.Date),
            Worked(work => work.Inspectors),
            Text(_wakeUps.Select(row => row.Grain)), Array(_wakeUps.Select(row => row.DueAt), NpgsqlDbType.TimestampTz),
            Integer(_commands.Select(row => row.Place)), Array(_commands.Select(row => row.Command.Identity.Id), NpgsqlDbType.Uuid),
            Bytes(_commands.Select(row => row.Command.Identity.RequestHash)), Text(_commands.Select(row => row.Command.Grain.Value)),
            Bigint(_commands.Select(row => row.Command.Version)), Bigint(_commands.Select(row => row.Seq)), Text(_commands.Select(row => row.Command.Created)),
            Refused(rejection => KebabCase<RejectionClass>.Word(rejection.Class)), Refused(rejection => rejection.Code),
            Refused(rejection => rejection.Article), Refused(rejection => rejection.Detail), Refused(rejection => rejection.Field),
        ];

        private NpgsqlParameter Changed(Func<EntityColumns, string?> column) => Text(_changed.Select(row => column(row.Grain.Columns!)));

        private NpgsqlParameter Titled(Func<TitleColumns, string?> column) => Text(_titles.Select(row => column(row.Title)));

        private NpgsqlParameter Worked(Func<WorkColumns, string?> column) => Text(_work.Select(row => column(row.Work)));

        private NpgsqlParameter Refused(Func<Rejection, string?> column) =>
            Text(_commands.Select(row => row.Command.Rejection is { } rejection ? column(rejection) : null));

        private static NpgsqlParameter Text(IEnumerable<string?> values) => Array(values, NpgsqlDbType.Text);

        private static NpgsqlParameter Utf8(IEnumerable<byte[]> values) => Array(values, NpgsqlDbType.Text);

        private static NpgsqlParameter Bigint(IEnumerable<long> values) => Array(values, NpgsqlDbType.Bigint);

        private static NpgsqlParameter Integer(IEnumerable<int> values) => Array(values, NpgsqlDbType.Integer);

        private static NpgsqlParameter Bytes(IEnumerable<byte[]> values) => Array(values, NpgsqlDbType.Bytea);

        private static NpgsqlParameter Date(IEnumerable<DateOnly> values) => Array(values, NpgsqlDbType.Date);

        private static NpgsqlParameter Instant(IEnumerable<DateTime> values) => Array(values, NpgsqlDbType.TimestampTz);

        private static NpgsqlParameter<T[]> Array<T>(IEnumerable<T> values, NpgsqlDbType element) =>
            new() { TypedValue = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | element };
    }
}
