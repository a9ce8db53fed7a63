using System.Text;
using Supervision.Hosting.Imports;

namespace Supervision.Hosting.Tests.Imports;

/// <summary>Rows are entered two thousand at a time, the next ones decided while those before them are committed.</summary>
public sealed class BlockTests
{
    private const string Header = "entity_id,kind,level,batch,published,region,name,industry";

    [Fact]
    public async Task Rows_rest_on_those_of_blocks_before_them()
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        var file = new StringBuilder(Header).Append('\n');
        // Two rows of each company, so that every border between two blocks parts one; and one row that is no new grain.
        await Given.AcceptAsync(silo, Given.Factory("N-F-3400"), Given.Register("第1700机械有限公司"));
        for (var row = 0; row < 4_500; row++)
            file.Append($"N-F-{row:D4},factory,national,1,2017-08-23,湖南,第{(row + 1) / 2:D4}机械有限公司,机械\n");

        var job = await silo.ImportAsync(file.ToString(), Importing.NationalList);

        Assert.Equal((ImportStatus.Done, 4_500, 0, 0), job.Figures());
        Assert.Equal(2_251L, await register.QueryAsync<long>("SELECT count(*) FROM register WHERE grain LIKE 'enterprise/%'"));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task What_rests_on_rows_that_were_not_taken_is_not_taken_either()
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        var first = await silo.Entry.DecideAsync(Rows("N-F-0001"), Actor.System, ahead: []);
        var second = await silo.Entry.DecideAsync(Rows("N-F-0002"), Actor.System, [first]);
        Assert.Equal((1, 1), (first.Entered.Count, second.Entered.Count));
        Assert.Equal([EntityName.EnterpriseOf("某某有限公司")], second.Read.Keys);
        await Given.AcceptAsync(silo, Given.Factory("N-F-0001"), Given.Register("另一家有限公司"));

        var committing = silo.Entry.CommitAsync(first, before: null);
        Assert.False(await silo.Entry.CommitAsync(second, committing));
        Assert.False(await committing);

        Assert.Null(await silo.Register.FindAsync(Given.Factory("N-F-0002"), TestContext.Current.CancellationToken));
        Assert.True(await silo.Entry.CommitAsync(await silo.Entry.DecideAsync(Rows("N-F-0002"), Actor.System, ahead: []), before: null));
        Assert.NotNull(await silo.Register.FindAsync(Given.Factory("N-F-0002"), TestContext.Current.CancellationToken));
        await register.AssertVerifiedAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rows_give_way_to_a_command_that_enters_the_same_grain(bool byAnotherSilo)
    {
        await using var register = await Importing.RegisterAsync();
        var silo = await register.StartSiloAsync();
        var other = byAnotherSilo ? await register.StartSiloAsync() : silo;
        var before = new TaskCompletionSource<bool>();
        var committing = silo.Entry.CommitAsync(await silo.Entry.DecideAsync(Rows("N-F-0001"), Actor.System, ahead: []), before.Task);
        await Eventually.TrueAsync(() => Is(register, "state = 'idle in transaction' AND query LIKE 'COPY wake_up_due%'"), "what has no place in the order is copied");

        var entering = other.SendAsync(Given.Factory("N-F-0001"), Given.Register("另一家有限公司"), Given.Officer);
        await Eventually.TrueAsync(() => Is(register, "wait_event_type = 'Lock' AND wait_event = 'transactionid'"), "the command waits for what is copied");
        before.SetResult(true);

        Assert.False(await committing);
        Assert.Null((await entering).Rejection);
        Assert.Equal("另一家有限公司", (await silo.Register.FindAsync(Given.Factory("N-F-0001"), TestContext.Current.CancellationToken))!.View.Name);
        await register.AssertVerifiedAsync();
    }

    private static bool Is(TestRegister register, string condition) =>
        register.QueryAsync<long>($"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND {condition}").GetAwaiter().GetResult() > 0;

    private static NumberedRow[] Rows(string key)
    {
        var line = $"{key},factory,national,1,2017-08-23,湖南,某某有限公司,机械";
        return [new NumberedRow(1, line, ImportFormats.ReaderOf(Importing.NationalList, Given.Policy, ListHeader.Parse(Header)).Read(line))];
    }
}
