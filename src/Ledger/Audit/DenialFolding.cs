namespace Supervision.Ledger.Audit;

/// <summary>
/// Keeps the record of denials bounded, whoever sends however many: of the same denial within a window only the first gets
/// a row at once, the others are one row with their number when the window ends; and beyond a number of different ones in a
/// window, those of one key, or of all who have none, are counted together. Nothing is left out of the counts. Not safe for
/// several threads at once.
/// </summary>
internal sealed class DenialFolding
{
    /// <summary>How long the same denial is counted and not recorded anew.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Different denials of one key, or of all who have none, that get rows of their own in a window.</summary>
    public const int DifferentMax = 100;

    private const string Several = "*";

    private readonly Dictionary<AuditEntry, (DateTimeOffset Last, long Times)> _repeated = [];
    private readonly Dictionary<string, int> _differentByKey = [];

    /// <summary>Takes a denial; the answer is the row to write at once, if any.</summary>
    public AuditEntry? Take(AuditEntry denial)
    {
        var same = denial with { At = default };
        var key = denial.Key ?? "";
        if (!_repeated.ContainsKey(same))
        {
            if (_differentByKey.GetValueOrDefault(key) < DifferentMax)
            {
                _differentByKey[key] = _differentByKey.GetValueOrDefault(key) + 1;
                _repeated[same] = default;
                return denial;
            }

            same = same with { Method = Several, Route = Several, Subject = null, Address = null };
        }

        _repeated[same] = (denial.At, _repeated.GetValueOrDefault(same).Times + 1);
        return null;
    }

    /// <summary>The rows of what was only counted so far.</summary>
    public IReadOnlyList<(AuditEntry Entry, long Times)> Counted()
    {
        var rows = _repeated.Where(pair => pair.Value.Times > 0).Select(pair => (pair.Key with { At = pair.Value.Last }, pair.Value.Times)).ToList();
        foreach (var (entry, _) in rows)
            _repeated[entry with { At = default }] = default;
        return rows;
    }

    /// <summary>Ends the window; the answer is the rows of what was only counted in it.</summary>
    public IReadOnlyList<(AuditEntry Entry, long Times)> EndWindow()
    {
        var rows = Counted();
        _repeated.Clear();
        _differentByKey.Clear();
        return rows;
    }
}
