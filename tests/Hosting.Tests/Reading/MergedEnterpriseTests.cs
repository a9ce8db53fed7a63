using Supervision.Hosting.Reading;
using Supervision.Ledger.Query;
using Supervision.Ledger.Schema;

namespace Supervision.Hosting.Tests.Reading;

/// <summary>What an enterprise is asked for, by whichever of its identities.</summary>
public sealed class MergedEnterpriseTests : IAsyncLifetime
{
    private static readonly DateOnly Today = new(2017, 3, 1);

    private static readonly GrainId Name = EntityName.EnterpriseOf("甲股份有限公司");

    private static readonly GrainId Former = EntityName.EnterpriseOf("乙股份有限公司");

    private static readonly GrainId Code = GrainId.Of(GrainKind.Enterprise, "91430100MA4L16JQ9D");

    private TestRegister _register = null!;
    private TestSilo _silo = null!;

    public async ValueTask InitializeAsync()
    {
        _register = await TestRegister.CreateAsync();
        _silo = await _register.StartSiloAsync();
        await Given.CertifiedAsync(_silo, "F-1", "甲股份有限公司");
        await Given.CertifiedAsync(_silo, "F-2", "乙股份有限公司");
        await Given.CertifiedAsync(_silo, "F-3", "丙股份有限公司");
        // One after the other, so that the first has been merged twice.
        await Given.AcceptAsync(_silo, Former, new GrainCommand.Merge(Name, "notice"));
        await Given.AcceptAsync(_silo, Code, Given.Register("甲股份有限公司"));
        await Given.AcceptAsync(_silo, Name, new GrainCommand.Merge(Code, "certificate"));
    }

    public ValueTask DisposeAsync() => _register.DisposeAsync();

    [Fact]
    public async Task Lists_counts_and_the_past_have_all_that_stands_behind_it()
    {
        await using var dataSource = LedgerDataSource.Create(_register.ConnectionString);
        var supervision = new SupervisionReader(new RegisterCounts(dataSource), new SupervisionCounts(dataSource), _silo.Register, _register.Time);
        foreach (var identity in (GrainId[])[Code, Name, Former])
        {
            var filter = new EntityFilter { Enterprise = identity };
            Assert.Equal(["factory/F-1", "factory/F-2"], await _silo.ListAsync(filter));
            var query = new StatisticsQuery([Dimension.Kind], filter, []);
            Assert.Equal(2, Assert.Single(await _silo.Register.CountAsync(query, TestContext.Current.CancellationToken)).Entities);
            Assert.Equal(2, Assert.Single(await supervision.CountAsync(query, null, null, TestContext.Current.CancellationToken)).Titles);
            var past = await _silo.Register.ListAsync(filter, new AsOf(Today, DateTimeOffset.MaxValue), null, 10, TestContext.Current.CancellationToken);
            Assert.Equal(["factory/F-1", "factory/F-2"], past.Items.Select(item => item.View.Id.Value));
        }
    }

    [Fact]
    public async Task The_feed_has_all_that_happened_to_it_and_to_what_stands_behind_it()
    {
        foreach (var identity in (GrainId[])[Code, Name, Former])
        {
            var page = await _silo.Feed.ReadAsync(0, new FeedFilter { Entities = [identity] }, 1_000, TestContext.Current.CancellationToken);
            Assert.Equal(
                [Code, Name, Former, Given.Factory("F-1"), Given.Factory("F-2")],
                page.Items.Select(item => item.Subject).Distinct().OrderBy(subject => subject.Kind == GrainKind.Factory).ThenBy(subject => Array.IndexOf([Code, Name, Former], subject)).ThenBy(subject => subject));
        }
    }
}
