using System.Globalization;
using Supervision.Hosting.Webhooks;
using Supervision.Testing;

namespace Supervision.Hosting.Tests.Webhooks;

/// <summary>Every subscriber is told of everything that it asks for, whatever its receiver and the silos do.</summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private static readonly DateOnly GrantedOn = new(2017, 2, 1);

    private readonly RawReceiver _receiver = new();
    private TestRegister _register = null!;
    private TestSilo _silo = null!;
    private string _owner = null!;
    private int _factories;

    public async ValueTask InitializeAsync()
    {
        _register = await TestRegister.CreateAsync();
        _silo = await _register.StartDeliveringSiloAsync();
        _owner = await Subscribed.IntegratorAsync(_silo);
        await _silo.Webhooks.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        await _register.DisposeAsync();
    }

    [Fact]
    public async Task Events_come_in_order_and_each_names_the_one_before()
    {
        await GrantAsync();
        var id = await Subscribed.ToAsync(_silo, _owner, _receiver);
        var seqs = await GrantAsync(5);

        await SettledAsync();

        var events = Subscribed.EventsOf(_receiver);
        Assert.Equal(seqs, events.Select(sent => sent.Seq));
        Assert.Equal([null, .. seqs[..^1].Cast<long?>()], events.Select(sent => sent.Previous));
        Assert.All(events, sent => Assert.Equal("title.granted", sent.Type));
        var view = Subscribed.ViewOf(_silo, id);
        Assert.Equal((seqs[^1], 0), (view.SentSeq, view.Failures));
        var deliveries = await Subscribed.DeliveriesAsync(_silo, id);
        Assert.Equal(seqs.Reverse(), deliveries.Select(delivery => delivery.Seq!.Value));
        Assert.All(deliveries, delivery => Assert.Equal((DeliveryStatus.Delivered, 1, 204), (delivery.Status, delivery.Attempts, delivery.Response!.Status)));
        Assert.Equal(deliveries.Select(delivery => delivery.MessageId).Reverse(), _receiver.Posts.Select(post => post.Headers["webhook-id"]));
    }

    [Fact]
    public async Task Nothing_is_sent_before_the_receiver_wants_it_and_then_everything_since_the_subscription()
    {
        _receiver.AllowedOrigin = null;
        var id = await Subscribed.MadeAsync(_silo, _owner, _receiver);
        await Eventually.TrueAsync(() => Subscribed.ViewOf(_silo, id).Reason is not null, "the receiver was asked");
        var seqs = await GrantAsync(2);
        await SettledAsync();
        Assert.Empty(_receiver.Posts);
        Assert.Equal("subscription.not-confirmed", Assert.Single((await _silo.Subscriptions.NoticesAsync(id, _owner, TestContext.Current.CancellationToken))!).Type);

        _receiver.AllowedOrigin = "supervision.example";
        await _silo.Subscriptions.ConfirmAsync(id, _owner, TestContext.Current.CancellationToken);
        await SettledAsync();

        Assert.Equal(seqs, Subscribed.EventsOf(_receiver).Select(sent => sent.Seq));
        Assert.Equal((SubscriptionStatus.Active, null), (Subscribed.ViewOf(_silo, id).Status, Subscribed.ViewOf(_silo, id).Reason));
    }

    [Fact]
    public async Task What_is_asked_for_is_sent_and_nothing_else()
    {
        var listed = GrainId.Of(GrainKind.Factory, "N-1-F-0002");
        await using RawReceiver byEntity = new(), byType = new(), byRegion = new(), byPolicy = new();
        await Subscribed.ToAsync(_silo, _owner, byEntity, filter: new SubscriptionFilter(Entities: [listed]));
        await Subscribed.ToAsync(_silo, _owner, byType, types: ["entity.*"]);
        await Subscribed.ToAsync(_silo, _owner, byRegion, filter: new SubscriptionFilter(Region: ["430000"], Kind: ["factory"]));
        await Subscribed.ToAsync(_silo, _owner, byPolicy, filter: new SubscriptionFilter(Policy: ["miit-2024"]));

        var seqs = await GrantAsync(3);
        await SettledAsync();

        Assert.Equal([seqs[1]], Subscribed.EventsOf(byEntity).Select(sent => sent.Seq));
        Assert.All(Subscribed.EventsOf(byType), sent => Assert.Equal("entity.registered", sent.Type));
        Assert.Equal(3, Subscribed.EventsOf(byType).Count(sent => sent.Subject.StartsWith("factory/", StringComparison.Ordinal)));
        Assert.Equal(seqs, Subscribed.EventsOf(byRegion).Select(sent => sent.Seq));
        Assert.Empty(Subscribed.EventsOf(byPolicy));
    }

    [Fact]
    public async Task A_receiver_that_was_down_for_three_days_gets_everything_once_and_the_attempts_keep_to_their_times()
    {
        var id = await Subscribed.ToAsync(_silo, _owner, _receiver);
        var attempts = new List<DateTimeOffset>();
        _receiver.Answer = (post, stream, token) =>
        {
            lock (attempts)
            {
                attempts.Add(DateTimeOffset.FromUnixTimeSeconds(long.Parse(post.Headers["webhook-timestamp"], CultureInfo.InvariantCulture)));
            }

            return RawReceiver.StatusAsync(stream, 500, token);
        };
        var first = await GrantAsync();
        await Subscribed.UntilAsync(_silo, TestRegister.Start.AddDays(4));

        Assert.Equal(RetrySchedule.AttemptsMax, attempts.Count);
        for (var i = 0; i < RetrySchedule.Delays.Count; i++)
        {
            var delay = RetrySchedule.Delays[i];
            Assert.InRange(attempts[i + 1] - attempts[i], delay - TimeSpan.FromSeconds(1), (delay * 1.2) + TimeSpan.FromSeconds(1));
        }

        Assert.Single(_receiver.Posts.Select(post => post.Headers["webhook-id"]).Distinct());
        Assert.Equal((DeliveryStatus.Failed, 10), (await Subscribed.DeliveriesAsync(_silo, id)).Select(delivery => (delivery.Status, delivery.Attempts)).Single());
        Assert.Equal("delivery.exhausted", (await _silo.Subscriptions.NoticesAsync(id, null, TestContext.Current.CancellationToken))![0].Type);

        await _receiver.GoDownAsync();
        var later = await GrantAsync(12);
        await Subscribed.UntilAsync(_silo, TestRegister.Start.AddDays(4.5));
        var answered = _receiver.Posts.Count;
        _receiver.ComeUp();
        _receiver.Answer = (_, stream, token) => RawReceiver.StatusAsync(stream, 204, token);
        await Subscribed.UntilAsync(_silo, TestRegister.Start.AddDays(5));

        var sent = Subscribed.EventsOf(_receiver).Skip(answered).ToList();
        Assert.Equal(later, sent.Select(item => item.Seq).Order());
        Assert.Equal(later.Length, sent.Count);
        Assert.Equal((SubscriptionStatus.Active, 0), (Subscribed.ViewOf(_silo, id).Status, Subscribed.ViewOf(_silo, id).Failures));

        // What was given up is asked for.
        var given = (await Subscribed.DeliveriesAsync(_silo, id, DeliveryStatus.Failed)).Single();
        await _silo.Subscriptions.RedeliverAsync(given.Id, _owner, TestContext.Current.CancellationToken);
        await SettledAsync();
        Assert.Equal(first[0], Subscribed.EventsOf(_receiver)[^1].Seq);
        Assert.Empty(await Subscribed.DeliveriesAsync(_silo, id, DeliveryStatus.Failed));
    }

    [Fact]
    public async Task A_receiver_that_fails_for_five_days_is_given_up_its_owner_is_told_and_it_can_come_back()
    {
        var id = await Subscribed.ToAsync(_silo, _owner, _receiver);
        _receiver.Answer = (_, stream, token) => RawReceiver.StatusAsync(stream, 500, token);
        var seqs = await GrantAsync();
        await Subscribed.UntilAsync(_silo, TestRegister.Start.AddDays(3));
        seqs = [.. seqs, .. await GrantAsync()];
        await Subscribed.UntilAsync(_silo, TestRegister.Start.AddDays(4.9));
        Assert.Equal(SubscriptionStatus.Active, Subscribed.StatusOf(_silo, id));
        await Subscribed.UntilAsync(_silo, TestRegister.Start.AddDays(7));
        Assert.Equal(SubscriptionStatus.Disabled, Subscribed.StatusOf(_silo, id));
        Assert.Single((await _silo.Subscriptions.NoticesAsync(id, null, TestContext.Current.CancellationToken))!, notice => notice.Type == "subscription.disabled");
        var answered = _receiver.Posts.Count;
        seqs = [.. seqs, .. await GrantAsync()];
        await Subscribed.UntilAsync(_silo, TestRegister.Start.AddDays(8));
        Assert.Equal(answered, _receiver.Posts.Count);

        _receiver.Answer = (_, stream, token) => RawReceiver.StatusAsync(stream, 204, token);
        await _silo.Subscriptions.ResumeAsync(id, _owner, TestContext.Current.CancellationToken);
        await SettledAsync();
        await _silo.Subscriptions.ReplayAsync(id, _owner, seqs[0] - 1, seqs[0], TestContext.Current.CancellationToken);
        await SettledAsync();

        Assert.Equal(seqs, Subscribed.EventsOf(_receiver).Skip(answered).Select(sent => sent.Seq).Order());
    }

    [Fact]
    public async Task Gone_disables_at_once()
    {
        var id = await Subscribed.ToAsync(_silo, _owner, _receiver);
        _receiver.Answer = (_, stream, token) => RawReceiver.StatusAsync(stream, 410, token);

        await GrantAsync(3);
        await SettledAsync();

        Assert.Equal(SubscriptionStatus.Disabled, Subscribed.StatusOf(_silo, id));
        Assert.Single(_receiver.Posts);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_pause_that_the_receiver_asks_for_is_kept(int status)
    {
        await Subscribed.ToAsync(_silo, _owner, _receiver);
        _receiver.Answer = (_, stream, token) => RawReceiver.StatusAsync(stream, status, token, "Retry-After: 1200");
        var seqs = await GrantAsync(2);
        await Subscribed.UntilAsync(_silo, TestRegister.Start.AddSeconds(1199));
        Assert.Single(_receiver.Posts);

        _receiver.Answer = (_, stream, token) => RawReceiver.StatusAsync(stream, 204, token);
        await Subscribed.UntilAsync(_silo, TestRegister.Start.AddSeconds(1201));

        Assert.Equal(3, _receiver.Posts.Count);
        Assert.Equal(seqs, Subscribed.EventsOf(_receiver).Select(sent => sent.Seq).Distinct().Order());
    }

    [Fact]
    public async Task An_event_that_a_receiver_chokes_on_holds_up_no_other()
    {
        var id = await Subscribed.ToAsync(_silo, _owner, _receiver);
        _receiver.Answer = (post, stream, token) => RawReceiver.StatusAsync(stream, post.Text.Contains("\"N-1-F-0001\"", StringComparison.Ordinal) || post.Text.Contains("/N-1-F-0001\"", StringComparison.Ordinal) ? 500 : 204, token);

        var seqs = await GrantAsync(6);
        await SettledAsync();

        Assert.Equal(seqs, Subscribed.EventsOf(_receiver).Select(sent => sent.Seq));
        Assert.Equal(seqs[0], Assert.Single(await Subscribed.DeliveriesAsync(_silo, id, DeliveryStatus.Pending)).Seq);
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_delays_no_other()
    {
        await using var silent = new RawReceiver { Answer = async (_, _, token) => await new TaskCompletionSource<bool>().Task.WaitAsync(token) };
        await Subscribed.ToAsync(_silo, _owner, silent);
        await Subscribed.ToAsync(_silo, _owner, _receiver);

        var seqs = await GrantAsync(20);
        await Eventually.TrueAsync(() => _receiver.Posts.Count == 20, "everything was delivered");

        Assert.Equal(seqs, Subscribed.EventsOf(_receiver).Select(sent => sent.Seq));
        Assert.InRange(silent.Posts.Count, 1, 3);
    }

    [Fact]
    public async Task Two_silos_of_which_one_stops_in_the_midst_tell_every_subscriber_everything()
    {
        var receivers = Enumerable.Range(0, 4).Select(_ => new RawReceiver()).ToList();
        foreach (var receiver in receivers)
            await Subscribed.ToAsync(_silo, _owner, receiver);
        var other = await _register.StartDeliveringSiloAsync();
        await other.Follower.StartAsync(TestContext.Current.CancellationToken);
        await other.Webhooks.StartAsync(TestContext.Current.CancellationToken);
        var seqs = await GrantAsync(10);
        var stopping = _silo.Webhooks.StopAsync(TestContext.Current.CancellationToken);
        seqs = [.. seqs, .. await GrantAsync(10)];
        await stopping;

        await Eventually.TrueAsync(() => receivers.All(receiver => Subscribed.EventsOf(receiver).Select(sent => sent.Seq).Distinct().Count() == 20), "everyone was told");

        foreach (var receiver in receivers)
        {
            Assert.Equal(seqs, Subscribed.EventsOf(receiver).DistinctBy(sent => sent.Seq).Select(sent => sent.Seq));
            await receiver.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_a_silo_writes_after_its_term_is_refused()
    {
        var terms = new Supervision.Ledger.Webhooks.DeliveryTerm(_register.Owner);
        await Subscribed.ToAsync(_silo, _owner, _receiver);
        await _silo.Webhooks.StopAsync(TestContext.Current.CancellationToken);
        var term = await terms.BeginAsync(TestContext.Current.CancellationToken);
        Assert.Null(await terms.BeginAsync(TestContext.Current.CancellationToken));
        await terms.EndAsync(term!.Value, TestContext.Current.CancellationToken);
        var next = await terms.BeginAsync(TestContext.Current.CancellationToken);

        Assert.False(await terms.KeepAsync(term.Value, [], [], TestContext.Current.CancellationToken));
        Assert.False(await terms.ProlongAsync(term.Value, TestContext.Current.CancellationToken));
        Assert.True(await terms.KeepAsync(next!.Value, [], [], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_the_key_nothing_is_sent_and_afterwards_everything()
    {
        await Subscribed.ToAsync(_silo, _owner, _receiver);
        await _silo.Webhooks.StopAsync(TestContext.Current.CancellationToken);
        var key = Path.Combine(_register.DocumentFiles.Directory, "webhooks.key");
        File.Move(key, key + ".away");
        var later = await _register.StartDeliveringSiloAsync();
        await later.Webhooks.StartAsync(TestContext.Current.CancellationToken);
        await later.Follower.StartAsync(TestContext.Current.CancellationToken);
        var seqs = await GrantAsync(2);
        await Assert.ThrowsAsync<SecretsUnavailableException>(() => Subscribed.MadeAsync(later, _owner, _receiver));
        Assert.Empty(_receiver.Posts);

        File.Move(key + ".away", key);
        await Eventually.TrueAsync(() => _receiver.Posts.Count == 2, "deliveries began");

        Assert.Equal(seqs, Subscribed.EventsOf(_receiver).Select(sent => sent.Seq));
    }

    [Fact]
    public async Task A_subscription_ends_for_whom_its_key_does_and_is_nobody_elses()
    {
        var id = await Subscribed.ToAsync(_silo, _owner, _receiver);
        var stranger = await Subscribed.IntegratorAsync(_silo, "stranger");
        var token = TestContext.Current.CancellationToken;
        Assert.Null(await _silo.Subscriptions.FindAsync(id, stranger, token));
        Assert.Null(await _silo.Subscriptions.PauseAsync(id, stranger, token));
        Assert.Null(await _silo.Subscriptions.RotateSecretAsync(id, stranger, token));
        Assert.False(await _silo.Subscriptions.DeleteAsync(id, stranger, token));
        Assert.NotNull(await _silo.Subscriptions.FindAsync(id, null, token));

        var key = (await _silo.Keys.ListAsync(token)).Single(made => made.PersonId == _owner);
        await _silo.Keys.RevokeAsync(key.Id, token);
        // Whoever delivers looks for such changes by itself, four times a second: here at once.
        await SettledAsync();
        await GrantAsync();
        await SettledAsync();

        Assert.Empty(_receiver.Posts);
    }

    [Fact]
    public async Task Paused_changed_tested_rotated_and_deleted_it_does_what_was_asked()
    {
        var token = TestContext.Current.CancellationToken;
        var id = await Subscribed.ToAsync(_silo, _owner, _receiver);
        await _silo.Subscriptions.PauseAsync(id, _owner, token);
        var seqs = await GrantAsync(2);
        await SettledAsync();
        Assert.Empty(_receiver.Posts);
        Assert.False((await _silo.Subscriptions.PauseAsync(id, _owner, token))!.Done);
        Assert.Null((await _silo.Subscriptions.TestAsync(id, _owner, token))!.Delivery);
        await _silo.Subscriptions.ResumeAsync(id, _owner, token);
        await SettledAsync();
        Assert.Equal(seqs, Subscribed.EventsOf(_receiver).Select(sent => sent.Seq));

        await _silo.Subscriptions.TestAsync(id, _owner, token);
        await SettledAsync();
        Assert.Contains("\"type\":\"subscription.test\"", _receiver.Posts[^1].Text, StringComparison.Ordinal);

        Assert.Single(_receiver.Posts[^1].Headers["webhook-signature"].Split(' '));
        var rotated = await _silo.Subscriptions.RotateSecretAsync(id, _owner, token);
        await _silo.Subscriptions.TestAsync(id, _owner, token);
        await SettledAsync();
        Assert.Equal(2, _receiver.Posts[^1].Headers["webhook-signature"].Split(' ').Length);
        await Subscribed.UntilAsync(_silo, rotated!.PreviousUntil);
        await _silo.Subscriptions.TestAsync(id, _owner, token);
        await SettledAsync();
        Assert.Single(_receiver.Posts[^1].Headers["webhook-signature"].Split(' '));

        await using var elsewhere = new RawReceiver { AllowedOrigin = null };
        await _silo.Subscriptions.ChangeAsync(id, _owner, new SubscriptionRequest(elsewhere.Url, null, new SubscriptionFilter()), token);
        Assert.Equal(SubscriptionStatus.Unconfirmed, Subscribed.StatusOf(_silo, id));
        var posts = _receiver.Posts.Count;
        await GrantAsync();
        await SettledAsync();
        Assert.Equal((posts, 0), (_receiver.Posts.Count, elsewhere.Posts.Count));

        Assert.True(await _silo.Subscriptions.DeleteAsync(id, _owner, token));
        Assert.Equal(0, await _register.QueryAsync<long>("SELECT count(*) FROM delivery") + await _register.QueryAsync<long>("SELECT count(*) FROM subscription_progress"));
    }

    [Fact]
    public async Task A_replay_sends_what_is_asked_for_of_a_range_under_the_same_identities()
    {
        await GrantAsync();
        var id = await Subscribed.ToAsync(_silo, _owner, _receiver);
        var seqs = await GrantAsync(4);
        await SettledAsync();
        var before = _receiver.Posts.Select(post => post.Headers["webhook-id"]).ToList();
        await _register.ExecuteAsync("DELETE FROM delivery WHERE seq = (SELECT max(seq) FROM delivery)");

        var outcome = await _silo.Subscriptions.ReplayAsync(id, _owner, seqs[1], null, TestContext.Current.CancellationToken);
        await SettledAsync();

        Assert.Equal((2, true), (outcome!.Events, outcome.IsWhole));
        Assert.Equal(before[2..], _receiver.Posts.Skip(4).Select(post => post.Headers["webhook-id"]));
        Assert.Equal([seqs[1], seqs[2]], Subscribed.EventsOf(_receiver).Skip(4).Select(sent => sent.Previous!.Value));
    }

    [Fact]
    public async Task An_event_that_is_withheld_meanwhile_is_not_sent_any_more()
    {
        var id = await Subscribed.ToAsync(_silo, _owner, _receiver);
        await _receiver.GoDownAsync();
        await GrantAsync();
        await SettledAsync();
        await Given.AcceptAsync(_silo, Given.Factory("N-1-F-0001"), new GrainCommand.Restrict("secret"));
        _receiver.ComeUp();

        await Subscribed.UntilAsync(_silo, TestRegister.Start.AddDays(1));

        Assert.DoesNotContain(Subscribed.EventsOf(_receiver), sent => sent.Type == "title.granted");
        Assert.Equal(DeliveryStatus.Withheld, (await Subscribed.DeliveriesAsync(_silo, id)).Single(delivery => delivery.Type == "title.granted").Status);
    }

    /// <summary>Grants titles to new factories; the answer is the seqs of the grants.</summary>
    private async Task<long[]> GrantAsync(int count = 1)
    {
        var seqs = new long[count];
        for (var i = 0; i < count; i++)
        {
            var factory = Given.Factory($"N-1-F-{++_factories:0000}");
            await Given.AcceptAsync(_silo, factory, Given.Register($"某某股份有限公司{_factories}"));
            seqs[i] = (await Given.AcceptAsync(_silo, factory, Given.Grant(GrantedOn))).Seq;
        }

        return seqs;
    }

    private Task SettledAsync() => _silo.Webhooks.SettleAsync(TestContext.Current.CancellationToken);
}
