using Supervision.Ledger.Audit;

namespace Supervision.Ledger.Tests.Audit;

public sealed class DenialFoldingTests
{
    private readonly DenialFolding _folding = new();

    [Fact]
    public void The_first_of_each_denial_is_written_at_once_and_the_others_are_counted()
    {
        Assert.Equal(Denial("a"), _folding.Take(Denial("a")));
        Assert.Equal(Denial("b"), _folding.Take(Denial("b")));
        for (var second = 1; second <= 50; second++)
            Assert.Null(_folding.Take(Denial("a", second: second)));

        Assert.Equal([(Denial("a", second: 50), 50L)], _folding.Counted());
        Assert.Empty(_folding.Counted());
        Assert.Null(_folding.Take(Denial("a", second: 51)));
        Assert.Equal([(Denial("a", second: 51), 1L)], _folding.EndWindow());
        Assert.Equal(Denial("a", second: 52), _folding.Take(Denial("a", second: 52)));
    }

    [Fact]
    public void A_flood_of_different_denials_becomes_one_row_and_none_is_left_out_of_the_count()
    {
        const int sent = 100_000;
        var written = Enumerable.Range(0, sent).Count(i => _folding.Take(Denial($"a-{i}")) is not null);

        var (entry, times) = Assert.Single(_folding.EndWindow());
        Assert.Equal((DenialFolding.DifferentMax, sent), (written, written + times));
        Assert.Equal(("*", "*", null, null, null), (entry.Method, entry.Route, entry.Subject, entry.Address, entry.Key));
    }

    [Fact]
    public void A_flood_without_a_key_does_not_hide_who_has_one()
    {
        for (var i = 0; i < 1000; i++)
            _folding.Take(Denial($"a-{i}"));

        Assert.NotNull(_folding.Take(Denial("a", key: "key-1")));
    }

    private static AuditEntry Denial(string address, string? key = null, int second = 0) => new(
        new DateTimeOffset(2026, 5, 1, 0, 0, second, TimeSpan.Zero), AuditOutcome.DeniedUnauthenticated, key, null, "GET", "/api/entities", null, address);
}
