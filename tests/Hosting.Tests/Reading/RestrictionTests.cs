using Supervision.Hosting.Verification;

namespace Supervision.Hosting.Tests.Reading;

/// <summary>What is withheld from those who do not supervise, as lists, counts and names are read from the database.</summary>
public sealed class RestrictionTests : IAsyncLifetime
{
    private static readonly GrainCommand Restrict = new GrainCommand.Restrict("defence");

    private static readonly GrainId Code = GrainId.Of(GrainKind.Enterprise, "91430100MA4L16JQ9D");

    private readonly GrainId _enterprise = EntityName.EnterpriseOf("甲股份有限公司");
    private TestRegister _register = null!;
    private TestSilo _silo = null!;
    private GrainId _open;
    private GrainId _secret;

    public async ValueTask InitializeAsync()
    {
        _register = await TestRegister.CreateAsync();
        _silo = await _register.StartSiloAsync();
        _open = await Given.CertifiedAsync(_silo, "F-1", "乙股份有限公司");
        _secret = await Given.CertifiedAsync(_silo, "F-2", "甲股份有限公司");
    }

    public ValueTask DisposeAsync() => _register.DisposeAsync();

    [Fact]
    public async Task A_restricted_entity_is_in_no_narrowed_list_count_or_match()
    {
        await Given.AcceptAsync(_silo, _secret, Restrict);

        await AssertWithheldAsync(_silo, [_secret]);
        Assert.Contains(_secret, (await ListAsync(_silo, new EntityFilter())).ToArray());
        await _register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task With_an_enterprise_everything_behind_which_it_is_is_withheld_also_what_is_registered_later()
    {
        await Given.AcceptAsync(_silo, _enterprise, Restrict);
        var later = await Given.CertifiedAsync(_silo, "F-3", "甲股份有限公司");

        await AssertWithheldAsync(_silo, [_enterprise, _secret, later]);
        Assert.False(await _silo.Register.IsWithheldAsync(_open, TestContext.Current.CancellationToken));

        Assert.Null((await _silo.SendAsync(_enterprise, new GrainCommand.Release("no longer"), Given.SecondOfficer)).Rejection);
        await AssertWithheldAsync(_silo, []);
        await _register.AssertVerifiedAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_bears_the_identity_of_a_merged_enterprise_is_withheld_whichever_was_restricted_first(bool before)
    {
        if (before)
            await Given.AcceptAsync(_silo, _enterprise, Restrict);
        await Given.AcceptAsync(_silo, _enterprise, new GrainCommand.Merge(Code, "certificate"));
        if (!before)
            await Given.AcceptAsync(_silo, Code, Restrict);

        await AssertWithheldAsync(_silo, [Code, _secret]);
        Assert.Contains(_enterprise, await _silo.Register.WithheldAsync([_enterprise], TestContext.Current.CancellationToken));
        await _register.AssertVerifiedAsync();

        Assert.Null((await _silo.SendAsync(Code, new GrainCommand.Release("no longer"), Given.SecondOfficer)).Rejection);
        await AssertWithheldAsync(_silo, []);
        await _register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task Another_silo_withholds_what_one_has_restricted()
    {
        var other = await _register.StartSiloAsync();
        await other.Register.FindAsync(_secret, TestContext.Current.CancellationToken);
        await Given.AcceptAsync(_silo, _secret, Restrict);

        await other.Follower.CatchUpAsync(TestContext.Current.CancellationToken);

        await AssertWithheldAsync(other, [_secret]);
    }

    [Fact]
    public async Task Worklists_and_deadlines_are_narrowed_too()
    {
        foreach (var factory in new[] { _open, _secret })
        {
            await Given.AcceptAsync(_silo, factory, Given.OrderDirected(new DateOnly(2017, 3, 20)));
            await Given.AcceptAsync(_silo, factory, new GrainCommand.OpenCase(Given.Title, "false-declaration", null, null, Urgent: false));
        }

        await Given.AcceptAsync(_silo, _secret, Restrict);
        var deadlines = new DeadlineFilter(new DateOnly(2017, 3, 1), new DateOnly(2017, 3, 31), []);

        Assert.Equal([_open], await CasesAsync(new WorkFilter { Unrestricted = true }));
        Assert.Equal([_open, _secret], await CasesAsync(new WorkFilter()));
        Assert.Equal([_open], await DeadlinesAsync(deadlines with { Unrestricted = true }));
        // To its enterprise a check that it was not told of is none.
        Assert.Empty(await DeadlinesAsync(deadlines with { Own = [_enterprise] }));
        await Given.AcceptAsync(_silo, _secret, new GrainCommand.NotifyCheck("check-1", new DateOnly(2017, 3, 1), "letter"));
        Assert.Equal([_secret], await DeadlinesAsync(deadlines with { Own = [_enterprise] }));

        async Task<IEnumerable<GrainId>> CasesAsync(WorkFilter filter) =>
            (await _silo.Worklists.CasesAsync(filter, after: null, 10, TestContext.Current.CancellationToken)).Items.Select(item => item.Entity);

        async Task<IEnumerable<GrainId>> DeadlinesAsync(DeadlineFilter filter) =>
            (await _silo.Worklists.DeadlinesAsync(filter, after: null, 10, TestContext.Current.CancellationToken)).Items.Select(item => item.Entity);
    }

    [Fact]
    public async Task An_enterprise_under_all_its_identities_is_listed_with_what_is_its_own()
    {
        await Given.AcceptAsync(_silo, _enterprise, new GrainCommand.Merge(Code, "certificate"));

        Assert.Equal([Code, _secret], await ListAsync(_silo, new EntityFilter { Own = [_enterprise, Code] }));
    }

    [Theory]
    [InlineData("DELETE FROM restriction")]
    [InlineData("INSERT INTO restriction (by, grain) SELECT by, 'factory/F-9' FROM restriction")]
    [InlineData("INSERT INTO restriction (by, grain) VALUES ('factory/F-1', 'factory/F-1')")]
    public async Task A_restriction_that_does_not_follow_from_the_events_is_found(string tampering)
    {
        await Given.AcceptAsync(_silo, _secret, Restrict);
        await _register.ExecuteAsync(tampering);

        Assert.Equal(DifferenceKind.Restriction, (await _register.VerifyAsync()).First?.Kind);
    }

    private static async Task AssertWithheldAsync(TestSilo silo, GrainId[] withheld)
    {
        var all = await ListAsync(silo, new EntityFilter());
        var shown = await ListAsync(silo, new EntityFilter { Unrestricted = true });
        Assert.Equal(withheld.Order(), all.Except(shown));
        foreach (var kind in new[] { "factory", "enterprise" })
        {
            Assert.Equal(shown.Where(grain => grain.Kind.Name == kind), await ListAsync(silo, new EntityFilter { Kind = kind, Unrestricted = true }));
            Assert.Equal(
                shown.Where(grain => grain.Kind.Name == kind), await ListAsync(silo, new EntityFilter { Kind = kind, Search = "股份", Unrestricted = true }));
        }

        var counted = await silo.Register.CountAsync(new StatisticsQuery([], new EntityFilter { Unrestricted = true }, []), TestContext.Current.CancellationToken);
        Assert.Equal(shown.Count, counted.Sum(row => row.Entities));
        var matched = (await silo.Register.MatchAsync(["甲股份有限公司", "N-1", "乙股份有限公司"], asOf: null, 20, TestContext.Current.CancellationToken)).SelectMany(grains => grains);
        Assert.Empty(matched.Intersect(withheld));
        var candidates = await silo.Register.CandidatesAsync("甲股份有限责任公司", new EntityFilter { Unrestricted = true }, 20, TestContext.Current.CancellationToken);
        Assert.Empty(candidates.Select(candidate => candidate.Id).Intersect(withheld));
        foreach (var grain in all)
            Assert.Equal(withheld.Contains(grain), await silo.Register.IsWithheldAsync(grain, TestContext.Current.CancellationToken));
        Assert.Equal(withheld.Order(), (await silo.Register.WithheldAsync(all, TestContext.Current.CancellationToken)).Order());
    }

    private static async Task<IReadOnlyList<GrainId>> ListAsync(TestSilo silo, EntityFilter filter) =>
        [.. (await silo.Register.ListAsync(filter, after: null, 100, TestContext.Current.CancellationToken)).Items.Select(item => item.View.Id)];
}
