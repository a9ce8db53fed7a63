using Microsoft.Extensions.Options;
using Npgsql;
using Supervision.Hosting.Holds;
using Supervision.Hosting.Transfers;
using Supervision.Ledger.Holds;
using Supervision.Ledger.Schema;

namespace Supervision.Hosting.Tests.Holds;

/// <summary>Bulk commands that stop, on PostgreSQL.</summary>
public sealed class BrakeTests : IAsyncLifetime
{
    private TestRegister _register = null!;
    private TestSilo _silo = null!;
    private NpgsqlDataSource _dataSource = null!;
    private TitleTransfers _transfers = null!;

    public async ValueTask InitializeAsync()
    {
        _register = await TestRegister.CreateAsync();
        _register.Time.MoveTo(new DateTimeOffset(2024, 3, 1, 1, 0, 0, TimeSpan.Zero));
        _silo = await _register.StartSiloAsync();
        _dataSource = LedgerDataSource.Create(_register.ConnectionString);
        _transfers = new TitleTransfers(_silo.Host, _silo.Host, _silo.Register, TestSilo.Book);
        for (var i = 1; i <= 3; i++)
        {
            var product = GrainId.Of(GrainKind.Product, $"N-1-D-{i:D4}");
            await Given.AcceptAsync(_silo, product, new GrainCommand.Register($"产品{i}", "430100", null, null, null, $"第{i}有限公司"));
            await Given.AcceptAsync(_silo, product, new GrainCommand.GrantTitle(Given.Policy, null, Level.National, null, new DateOnly(2020, 2, 1), null));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _dataSource.DisposeAsync();
        await _register.DisposeAsync();
    }

    [Theory]
    [InlineData(500, 1_000_000, false)]
    [InlineData(501, 1_000_000, true)]
    [InlineData(50, 60, false)]
    [InlineData(51, 60, true)]
    [InlineData(51, 1020, false)]
    [InlineData(51, 1019, true)]
    public void A_number_and_a_share_stop(long titles, long existing, bool stops) => Assert.Equal(stops, new BrakeOptions().Stops(titles, existing));

    [Fact]
    public async Task What_is_too_many_waits_for_another_person_and_goes_on_for_a_day()
    {
        var brake = BrakeOf(2);
        var request = Request(Given.Officer);

        var hold = (await brake.StopAsync(request, TestContext.Current.CancellationToken))!;
        Assert.Equal((HoldStatus.Waiting, 3, 3, Given.Officer.Id), (hold.Status, hold.Titles, hold.Existing, hold.AskedBy));
        // Asked again, it is the same hold; asked by another person, another one.
        Assert.Equal(hold.Id, (await brake.StopAsync(request, TestContext.Current.CancellationToken))!.Id);
        Assert.NotEqual(hold.Id, (await brake.StopAsync(request with { Actor = Given.SecondOfficer }, TestContext.Current.CancellationToken))!.Id);
        var would = (await brake.WouldDoAsync(hold.Id, null, 2, TestContext.Current.CancellationToken))!;
        Assert.Equal((2, "product/N-1-D-0002"), (would.Items.Count, would.Last?.Value));
        Assert.Equal(3L, await _register.QueryAsync<long>("SELECT count(*) FROM title WHERE policy = 'miit-2016'"));

        Assert.IsType<Rejection.SecondPersonNeeded>((await DecideAsync(brake, hold.Id, HoldStatus.Released, Given.Officer)).Rejection);
        var hunan = new Actor("p-hunan", "hunan", Role.Officer, new Authority(Level.Provincial, ["430000"]));
        Assert.IsType<Rejection.OutOfScope>((await DecideAsync(brake, hold.Id, HoldStatus.Released, hunan)).Rejection);
        Assert.Null((await DecideAsync(brake, 999, HoldStatus.Released, Given.SecondOfficer)).Hold);
        var released = await DecideAsync(brake, hold.Id, HoldStatus.Released, Given.SecondOfficer);
        Assert.Equal((null, HoldStatus.Released, Given.SecondOfficer.Id), (released.Rejection, released.Hold!.Status, released.Hold.DecidedBy));
        Assert.IsType<Rejection.HoldClosed>((await DecideAsync(brake, hold.Id, HoldStatus.Refused, Given.SecondOfficer)).Rejection);

        Assert.Null(await brake.StopAsync(request, TestContext.Current.CancellationToken));
        _register.Time.MoveTo(_register.Time.GetUtcNow().AddDays(1));
        Assert.NotNull(await brake.StopAsync(request, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_was_refused_is_held_anew_and_what_a_filter_leaves_over_is_counted()
    {
        var brake = BrakeOf(2);
        var hold = (await brake.StopAsync(Request(Given.Officer), TestContext.Current.CancellationToken))!;
        await DecideAsync(brake, hold.Id, HoldStatus.Refused, Given.SecondOfficer, "wrong list");

        var again = (await brake.StopAsync(Request(Given.Officer), TestContext.Current.CancellationToken))!;
        Assert.True(again.Id > hold.Id);
        Assert.Equal([again.Id, hold.Id], (await brake.ListAsync(null, null, 10, TestContext.Current.CancellationToken)).Items.Select(item => item.Id));
        Assert.Equal("wrong list", Assert.Single((await brake.ListAsync(HoldStatus.Refused, null, 10, TestContext.Current.CancellationToken)).Items).Reason);
        Assert.Null(await brake.StopAsync(Request(Given.Officer) with { Region = "440000" }, TestContext.Current.CancellationToken));
        Assert.Null(await brake.StopAsync(Request(Given.Officer) with { Kind = "factory" }, TestContext.Current.CancellationToken));
        Assert.NotNull(await brake.StopAsync(Request(Given.Officer) with { Region = "430000" }, TestContext.Current.CancellationToken));
        Assert.Null(await BrakeOf(3).StopAsync(Request(Given.Officer) with { Kind = "product" }, TestContext.Current.CancellationToken));
    }

    private static TransferRequest Request(Actor actor) => new(Given.Policy, "miit-2024", new DateOnly(2024, 3, 1), null, null, null, null, DryRun: false, actor);

    private static Task<HoldDecision> DecideAsync(Brake brake, long id, HoldStatus status, Actor actor, string? reason = null) =>
        brake.DecideAsync(id, status, reason, actor, TestContext.Current.CancellationToken);

    private Brake BrakeOf(int titlesMax) =>
        new(new HoldStore(_dataSource), _transfers, _register.Time, Options.Create(new BrakeOptions { TitlesMax = titlesMax }));
}
