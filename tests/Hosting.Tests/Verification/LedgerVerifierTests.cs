using System.Text;
using Supervision.Hosting.Verification;
using Supervision.Ledger.Merkle;

namespace Supervision.Hosting.Tests.Verification;

public sealed class LedgerVerifierTests
{
    private static readonly DateOnly Today = new(2017, 3, 1);

    [Fact]
    public async Task An_empty_ledger_is_right()
    {
        await using var register = await TestRegister.CreateAsync();

        var result = await register.VerifyAsync();

        Assert.Equal(0, result.Seq);
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Convert.ToHexStringLower(result.Root));
        Assert.Null(result.First);
    }

    [Fact]
    public async Task A_ledger_as_it_was_written_is_right()
    {
        await using var register = await CreateAsync();
        var progress = new Told();

        var result = await register.VerifyAsync(progress);

        Assert.Null(result.First);
        Assert.Equal(13, result.Seq);
        Assert.Equal(await register.QueryAsync<byte[]>("SELECT root FROM batch WHERE last_seq = 13 LIMIT 1"), result.Root);
        Assert.Equal(
            [
                new(13, 13, VerificationPhase.Tree), new(13, 13, VerificationPhase.States), new(6, 6, VerificationPhase.Outcomes), new(0, 0, VerificationPhase.Draws),
                new(0, 0, VerificationPhase.Documents),
            ],
            progress.Reports);
    }

    // Seqs: 1 to 3 factory/F-1 and its enterprise (registered, registered, granted), 4 to 6 factory/F-2, 7 the check ordered
    // on F-1, 8 and 9 its result and the case, 10 service, 11 the statement, 12 and 13 checks ordered on F-2.
    [Theory]
    [InlineData("UPDATE ledger SET data = replace(data, '机械', '机器') WHERE seq = 4", DifferenceKind.Leaf, 4)]
    [InlineData("UPDATE ledger SET actor = 'p-other' WHERE seq = 8", DifferenceKind.Leaf, 8)]
    [InlineData("UPDATE ledger SET at = at + interval '1 microsecond' WHERE seq = 8", DifferenceKind.Leaf, 8)]
    [InlineData("UPDATE ledger SET leaf_hash = sha256('x') WHERE seq = 13", DifferenceKind.Leaf, 13)]
    [InlineData("UPDATE ledger SET grain = 'nothing' WHERE seq = 5", DifferenceKind.Grain, 5)]
    [InlineData("UPDATE ledger SET previous_seq = 2 WHERE seq = 3", DifferenceKind.Chain, 3)]
    [InlineData("DELETE FROM ledger WHERE seq = 5", DifferenceKind.Sequence, 5)]
    [InlineData("DELETE FROM ledger WHERE seq > 11", DifferenceKind.Sequence, 12)]
    [InlineData("UPDATE ledger SET seq = 99 WHERE seq = 1; UPDATE ledger SET seq = 1 WHERE seq = 2; UPDATE ledger SET seq = 2 WHERE seq = 99", DifferenceKind.BatchRoot, 2)]
    [InlineData("UPDATE ledger SET seq = 99 WHERE seq = 4; UPDATE ledger SET seq = 4 WHERE seq = 3; UPDATE ledger SET seq = 3 WHERE seq = 99", DifferenceKind.BatchRoot, 3)]
    [InlineData("DELETE FROM ledger WHERE seq = 13; DELETE FROM batch WHERE last_seq = 13; UPDATE head SET seq = 12", DifferenceKind.Head, 12)]
    [InlineData("UPDATE batch SET root = sha256('x') WHERE last_seq = 10", DifferenceKind.BatchRoot, 10)]
    [InlineData("UPDATE batch SET first_seq = 9 WHERE last_seq = 10", DifferenceKind.BatchRange, 9)]
    [InlineData("DELETE FROM batch WHERE last_seq = 10", DifferenceKind.BatchRange, 11)]
    [InlineData("DELETE FROM batch WHERE last_seq = 13", DifferenceKind.BatchRange, 13)]
    [InlineData("INSERT INTO batch SELECT gen_random_uuid(), 14, 14, root, at FROM batch WHERE last_seq = 13", DifferenceKind.BatchRange, 14)]
    [InlineData("INSERT INTO log_node VALUES (1, 0, sha256('x'))", DifferenceKind.LogNode, 13)]
    [InlineData("UPDATE head SET seq = 14", DifferenceKind.Sequence, 14)]
    [InlineData("UPDATE head SET seq = 12", DifferenceKind.Head, 13)]
    [InlineData("UPDATE head SET frontier = overlay(frontier PLACING '\\x00'::bytea FROM 7)", DifferenceKind.Head, 13)]
    [InlineData("UPDATE entity SET state = replace(state, '机械', '机器') WHERE grain = 'factory/F-2'", DifferenceKind.State, 13)]
    [InlineData("UPDATE entity SET version = 3 WHERE grain = 'factory/F-2'", DifferenceKind.Version, 13)]
    [InlineData("UPDATE entity SET last_seq = 12 WHERE grain = 'factory/F-2'", DifferenceKind.Version, 13)]
    [InlineData("UPDATE entity SET region = '440300' WHERE grain = 'factory/F-1'", DifferenceKind.Column, 11)]
    [InlineData("UPDATE entity SET standing = 'removed' WHERE grain = 'factory/F-1'", DifferenceKind.Column, 11)]
    [InlineData("UPDATE entity SET risk_class = 'A' WHERE grain = 'factory/F-1'", DifferenceKind.Column, 11)]
    [InlineData("UPDATE entity SET enterprise = NULL WHERE grain = 'factory/F-1'", DifferenceKind.Column, 11)]
    [InlineData("UPDATE entity SET search = search || 'x' WHERE grain = 'factory/F-1'", DifferenceKind.Column, 11)]
    [InlineData("DELETE FROM entity WHERE grain = 'factory/F-1'", DifferenceKind.Entity, 1)]
    [InlineData("INSERT INTO entity SELECT 'factory/F-3', version, last_seq, state, kind FROM entity WHERE grain = 'factory/F-1'", DifferenceKind.Entity, null)]
    [InlineData("UPDATE title SET status = 'removed' WHERE grain = 'factory/F-1'", DifferenceKind.Title, null)]
    [InlineData("DELETE FROM title WHERE grain = 'factory/F-2'", DifferenceKind.Title, null)]
    [InlineData("INSERT INTO title SELECT grain, policy, honour, 'provincial', status, authority, certificate, granted_on FROM title WHERE grain = 'factory/F-2'", DifferenceKind.Title, null)]
    [InlineData("INSERT INTO title SELECT 'factory/A', policy, honour, level, status, authority, certificate, granted_on FROM title WHERE grain = 'factory/F-2'", DifferenceKind.Entity, null)]
    [InlineData("UPDATE work SET status = 'notified'", DifferenceKind.Work, null)]
    [InlineData("UPDATE work SET inspectors = inspectors || 'I-9'::text", DifferenceKind.Work, null)]
    [InlineData("DELETE FROM work", DifferenceKind.Work, null)]
    [InlineData("INSERT INTO work SELECT grain, item, 'check-9', status, policy, level, due_on, inspectors FROM work LIMIT 1", DifferenceKind.Work, null)]
    [InlineData("INSERT INTO work SELECT 'factory/A', item, id, status, policy, level, due_on, inspectors FROM work LIMIT 1", DifferenceKind.Entity, null)]
    [InlineData("UPDATE register SET facet = 1 WHERE grain = 'factory/F-1'", DifferenceKind.Register, null)]
    [InlineData("UPDATE register SET facet = (SELECT facet FROM register WHERE grain LIKE 'enterprise/%' LIMIT 1) WHERE grain = 'factory/F-1'", DifferenceKind.Register, null)]
    [InlineData("UPDATE facet SET region = '440300' WHERE kind = 'factory'", DifferenceKind.Register, null)]
    [InlineData("UPDATE facet SET titles = titles || 'x'::text WHERE kind = 'factory'", DifferenceKind.Register, null)]
    [InlineData("DELETE FROM facet WHERE kind = 'factory'", DifferenceKind.Register, null)]
    [InlineData("UPDATE register SET enterprise = NULL WHERE grain = 'factory/F-1'", DifferenceKind.Register, null)]
    [InlineData("UPDATE register SET terms = terms[2:] WHERE grain = 'factory/F-1'", DifferenceKind.Register, null)]
    [InlineData("UPDATE register SET search = search || 'x' WHERE grain = 'factory/F-1'", DifferenceKind.Register, null)]
    [InlineData("DELETE FROM register WHERE grain = 'factory/F-1'", DifferenceKind.Register, null)]
    [InlineData("INSERT INTO register SELECT facet, 'factory/A', enterprise, search, terms FROM register LIMIT 1", DifferenceKind.Register, null)]
    [InlineData("UPDATE entity SET wake_up = wake_up + interval '1 day'", DifferenceKind.WakeUp, null)]
    [InlineData("UPDATE entity SET wake_up = NULL", DifferenceKind.WakeUp, null)]
    [InlineData("UPDATE entity SET wake_up = now() WHERE kind = 'enterprise'", DifferenceKind.WakeUp, null)]
    [InlineData("UPDATE wake_up_due SET due_at = due_at + interval '1 day'", DifferenceKind.WakeUp, null)]
    [InlineData("DELETE FROM wake_up_due", DifferenceKind.WakeUp, null)]
    [InlineData("INSERT INTO wake_up_due VALUES ('policy/none', now())", DifferenceKind.Entity, null)]
    [InlineData("INSERT INTO restriction VALUES ('factory/F-1', 'factory/F-1')", DifferenceKind.Restriction, null)]
    [InlineData("UPDATE command SET class = 'conflict', code = 'x', article = '', detail = '' WHERE seq = 9", DifferenceKind.Outcome, 9)]
    [InlineData("UPDATE command SET code = 'x' WHERE seq = 9", DifferenceKind.Outcome, 9)]
    [InlineData("UPDATE command SET code = NULL, class = NULL, article = NULL, detail = NULL WHERE seq = 0", DifferenceKind.Outcome, 0)]
    [InlineData("UPDATE command SET class = 'other' WHERE seq = 0", DifferenceKind.Outcome, 0)]
    [InlineData("UPDATE command SET seq = 8, version = 4 WHERE seq = 9", DifferenceKind.Outcome, 8)]
    [InlineData("UPDATE command SET version = 4 WHERE seq = 9", DifferenceKind.Outcome, 9)]
    [InlineData("UPDATE command SET grain = 'factory/F-2' WHERE seq = 9", DifferenceKind.Outcome, 9)]
    [InlineData("UPDATE command SET request_hash = 'x' WHERE seq = 9", DifferenceKind.Outcome, 9)]
    [InlineData("DELETE FROM command WHERE seq = 9", DifferenceKind.Outcome, 8)]
    [InlineData("UPDATE private_member SET value = 'other'", DifferenceKind.PrivateText, 11)]
    [InlineData("UPDATE private_member SET seq = 10", DifferenceKind.PrivateText, 10)]
    [InlineData("UPDATE private_member SET member = 'name'", DifferenceKind.PrivateText, 11)]
    public async Task What_was_tampered_with_is_found(string sql, DifferenceKind kind, int? seq)
    {
        await using var register = await CreateAsync();
        await register.ExecuteAsync($"SET session_replication_role = replica; {sql}");

        var result = await register.VerifyAsync();

        Assert.NotNull(result.First);
        Assert.Equal((kind, (long?)seq), (result.First.Kind, result.First.Seq));
        Assert.NotEqual(result.First.Expected, result.First.Found);
    }

    [Fact]
    public async Task An_event_changed_together_with_its_leaf_is_found_by_its_batch()
    {
        await using var register = await CreateAsync();
        var data = (await register.QueryAsync<string>("SELECT data FROM ledger WHERE seq = 4")).Replace("机械", "机器", StringComparison.Ordinal);
        var leaf = Leaf.Hash(
            Given.Factory("F-2"), 1, "entity.registered", TestRegister.Start, Today, Given.Officer.Id, null, Encoding.UTF8.GetBytes(data));
        await register.ExecuteAsync($"SET session_replication_role = replica; UPDATE ledger SET data = '{data}', leaf_hash = '\\x{Convert.ToHexString(leaf)}' WHERE seq = 4");

        var result = await register.VerifyAsync();

        Assert.Equal((DifferenceKind.BatchRoot, 5L), (result.First!.Kind, result.First.Seq!.Value));
    }

    [Fact]
    public async Task A_state_changed_with_everything_before_it_untouched_shows_where_it_parts()
    {
        await using var register = await CreateAsync();
        await register.ExecuteAsync("UPDATE entity SET state = replace(state, '机械', '机器') WHERE grain = 'factory/F-1'");

        var result = await register.VerifyAsync();

        Assert.Equal("factory/F-1", result.First!.Subject);
        Assert.Contains("机械", result.First.Expected, StringComparison.Ordinal);
        Assert.Contains("机器", result.First.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_be_forgotten_or_erased_is_no_difference()
    {
        await using var register = await CreateAsync();
        var silo = await register.StartSiloAsync();
        await silo.Clock.MoveToAsync(TestRegister.Start.AddDays(60), TestContext.Current.CancellationToken);
        await silo.Outcomes.ForgetAsync(TestRegister.Start.AddDays(30), TestContext.Current.CancellationToken);
        await register.ExecuteAsync("DELETE FROM private_member; INSERT INTO batch (id) VALUES (gen_random_uuid())");

        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task Silos_go_on_writing_while_the_ledger_is_verified()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        using var enough = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            var factory = await Given.CertifiedAsync(silo, $"F-{i}", $"企业{i}");
            while (!enough.IsCancellationRequested)
                await Given.AcceptAsync(silo, factory, Given.OrderDirected(Today.AddDays(30)), Given.Identity(Guid.NewGuid().ToString()));
        }));
        for (var round = 0; round < 10; round++)
            await register.AssertVerifiedAsync();
        await enough.CancelAsync();
        await writing;
        await register.AssertVerifiedAsync();
    }

    private static async Task<TestRegister> CreateAsync()
    {
        var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var one = Given.Factory("F-1");
        Assert.NotNull((await silo.SendAsync(one, Given.OrderDirected(Today), Given.Officer, Given.Identity("early"))).Rejection);
        await Given.CertifiedAsync(silo, "F-1", "甲");
        var two = await Given.CertifiedAsync(silo, "F-2", "乙");
        await Given.AcceptAsync(silo, one, Given.OrderDirected(Today.AddDays(10)), Given.Identity("order"));
        await Given.AcceptAsync(silo, one, Given.Result("check-1", CheckOutcome.Failed, Today), Given.Identity("result"));
        await Given.AcceptAsync(silo, one, new GrainCommand.ServeCase("case-1", Today, "post"), Given.Identity("serve"));
        await Given.AcceptAsync(silo, one, new GrainCommand.RecordStatement("case-1", PrivateText.Of("陈述", new byte[16])));
        await Given.AcceptAsync(silo, two, Given.OrderDirected(Today.AddDays(20)), Given.Identity("second"));
        await Given.AcceptAsync(silo, two, Given.OrderDirected(Today.AddDays(10)));
        await silo.Clock.MoveToAsync(TestRegister.Start.AddDays(1), TestContext.Current.CancellationToken);
        return register;
    }

    private sealed class Told : IProgress<VerificationProgress>
    {
        public List<VerificationProgress> Reports { get; } = [];

        public void Report(VerificationProgress value) => Reports.Add(value);
    }
}
