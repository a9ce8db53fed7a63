using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Supervision.Api.Tests;

public sealed class WritingTests : IAsyncLifetime
{
    private const string Path = "/api/entities/factory/N-1-F-0001";

    private const string Cancellation = """{"reason":"停产"}""";

    private ApiHost _api = null!;

    public async ValueTask InitializeAsync() => _api = await ApiHost.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    public static TheoryData<string, string, string?, GrainCommand> Commands => new()
    {
        {
            "PUT", "", """{"name":"北京第一工厂","region":"北京市","industry":"电子","enterprise":"u-0123456789abcdef","riskClass":"B"}""",
            new GrainCommand.Register("北京第一工厂", "110000", "电子", "B", Enterprise)
        },
        { "PUT", "", """{"name":"甲","region":null}""", new GrainCommand.Register("甲", null, null, null, null) },
        { "PUT", "", """{"name":"甲","enterpriseName":"乙公司"}""", new GrainCommand.Register("甲", null, null, null, null, "乙公司") },
        {
            "POST", "/titles/transfers", """{"from":"miit-2016","to":"miit-2024","level":"national","on":"2024-01-19"}""",
            new GrainCommand.TransferTitle(new TitleChoice("miit-2016", null, Level.National), "miit-2024", new DateOnly(2024, 1, 19))
        },
        { "POST", "/renames", """{"name":"北京新工厂","on":"2026-04-30"}""", new GrainCommand.Rename("北京新工厂", new DateOnly(2026, 4, 30)) },
        {
            "POST", "/aliases", """{"name":"北京一厂","source":"通知","from":"2018-01-01","until":"2019-01-01"}""",
            new GrainCommand.RecordAlias("北京一厂", "通知", new DateOnly(2018, 1, 1), new DateOnly(2019, 1, 1))
        },
        { "POST", "/merges", """{"into":"factory/N-1-F-0002","source":"通知"}""", new GrainCommand.Merge(GrainId.Of(GrainKind.Factory, "N-1-F-0002"), "通知") },
        {
            "POST", "/titles", """{"policy":"miit-2016","level":"national","grantedOn":"2017-08-23","certificate":"C-1","evaluator":"乙"}""",
            new GrainCommand.GrantTitle("miit-2016", null, Level.National, "C-1", new DateOnly(2017, 8, 23), "乙")
        },
        {
            "POST", "/corrections", """{"corrects":3,"reason":"笔误","result":{"outcome":"not-operating","on":"2026-04-01"}}""",
            new GrainCommand.CorrectResult(3, "笔误", CheckOutcome.NotOperating, new DateOnly(2026, 4, 1))
        },
        {
            "POST", "/corrections", """{"corrects":2,"reason":"笔误","grant":{"certificate":"C-2"}}""",
            new GrainCommand.CorrectGrant(2, "笔误", null, "C-2", null)
        },
        {
            "POST", "/corrections", """{"corrects":2,"reason":"笔误","grant":{"batch":"9"}}""",
            new GrainCommand.CorrectGrant(2, "笔误", null, null, null, "9")
        },
        {
            "POST", "/adjustments/adjustment-1/decision", """{"outcome":"open-case","reason":"国家级已除名","ground":"false-declaration","urgent":true}""",
            new GrainCommand.DecideAdjustment("adjustment-1", AdjustmentOutcome.OpenCase, "国家级已除名", "false-declaration", Urgent: true)
        },
        {
            "POST", "/incidents/incident-1/determination/correction", """{"reason":"笔误","on":"2026-04-30","department":"应急管理局","document":"2号","responsibleUnit":"乙","level":"general"}""",
            new GrainCommand.CorrectDetermination("incident-1", "笔误", new DateOnly(2026, 4, 30), "应急管理局", "2号", "乙", IncidentLevel.General)
        },
        { "POST", "/successors/proposals/proposal-1/dismissal", """{"reason":"仅一处厂区"}""", new GrainCommand.DismissSuccessor("proposal-1", "仅一处厂区") },
        {
            "POST", "/reinstatements", """{"policy":"miit-2016","level":"national","case":"case-1","reason":"复议\n撤销","number":"1号"}""",
            new GrainCommand.Reinstate(new TitleChoice("miit-2016", null, Level.National), "case-1", "复议\n撤销", "1号")
        },
        { "POST", "/reports/declaration-1/return", """{"reason":"笔误"}""", new GrainCommand.ReturnDeclaration("declaration-1", "笔误") },
        { "POST", "/reports/declaration-1/acceptance", """{"score":88}""", new GrainCommand.AcceptDeclaration("declaration-1", 88) },
        { "POST", "/reports/declaration-1/demand", """{"on":"2026-04-30","method":"邮寄"}""", new GrainCommand.DemandDeclaration("declaration-1", new DateOnly(2026, 4, 30), "邮寄") },
        {
            "POST", "/reevaluations", """{"policy":"hunan-product","level":"provincial","outcome":"failed","on":"2026-04-30","reason":"不符合"}""",
            new GrainCommand.ConcludeReEvaluation(new TitleChoice("hunan-product", null, Level.Provincial), ReEvaluationOutcome.Failed, new DateOnly(2026, 4, 30), "不符合")
        },
        {
            "POST", "/reevaluations/announcements", """{"policy":"hunan-product","on":"2026-04-30","method":"邮寄"}""",
            new GrainCommand.AnnounceReEvaluation(new TitleChoice("hunan-product"), new DateOnly(2026, 4, 30), "邮寄")
        },
        {
            "POST", "/reevaluations/triggers", """{"policy":"hunan-product","change":"split","on":"2026-04-30"}""",
            new GrainCommand.TriggerReEvaluation(new TitleChoice("hunan-product"), ChangeKind.Split, new DateOnly(2026, 4, 30))
        },
        {
            "POST", "/reevaluations/re-evaluation-1/report", """{"on":"2026-04-30","evidence":"报告"}""",
            new GrainCommand.ReportReEvaluation("re-evaluation-1", new DateOnly(2026, 4, 30), "报告")
        },
        { "POST", "/good-practices", """{"policy":"miit-2016","text":"余热回收"}""", new GrainCommand.FileGoodPractice(new TitleChoice("miit-2016"), "余热回收") },
        { "POST", "/good-practices/good-practice-1/approval", null, new GrainCommand.ApproveGoodPractice("good-practice-1") },
        { "POST", "/good-practices/good-practice-1/refusal", """{"reason":"不足"}""", new GrainCommand.DeclineGoodPractice("good-practice-1", "不足") },
        { "POST", "/checks/check-1/approval", null, new GrainCommand.ApproveCheck("check-1") },
        { "POST", "/checks/check-1/approval", "{}", new GrainCommand.ApproveCheck("check-1") },
        { "POST", "/checks/check-1/notice", """{"on":"2026-04-30","method":"电话"}""", new GrainCommand.NotifyCheck("check-1", new DateOnly(2026, 4, 30), "电话") },
        { "POST", "/checks/check-1/confirmation", null, new GrainCommand.ConfirmResult("check-1") },
        { "POST", "/checks/check-1/cancellation", Cancellation, new GrainCommand.CancelCheck("check-1", "停产") },
        {
            "POST", "/cases", """{"policy":"miit-2016","level":"national","ground":"veto","article":"五(五)","evidence":"文","urgent":true}""",
            new GrainCommand.OpenCase(new TitleChoice("miit-2016", null, Level.National), "veto", "五(五)", "文", Urgent: true)
        },
        { "POST", "/cases/case-1/service", """{"on":"2026-04-30","method":"邮寄"}""", new GrainCommand.ServeCase("case-1", new DateOnly(2026, 4, 30), "邮寄") },
        {
            "POST", "/cases/case-1/decision", """{"outcome":"remove","reason":"不符合","number":"2号"}""",
            new GrainCommand.DecideCase("case-1", CaseOutcome.Remove, "不符合", "2号")
        },
        {
            "POST", "/rectifications/rectification-1/completion", """{"on":"2026-04-30","evidence":"照片"}""",
            new GrainCommand.CompleteRectification("rectification-1", new DateOnly(2026, 4, 30), "照片")
        },
    };

    private static GrainId Enterprise => GrainId.Of(GrainKind.Enterprise, "u-0123456789abcdef");

    [Theory]
    [MemberData(nameof(Commands), DisableDiscoveryEnumeration = true)]
    public async Task A_write_becomes_the_command_it_stands_for(string method, string path, string? body, GrainCommand command)
    {
        var answer = await _api.SendAsync(method, Path + path, body);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var sent = Assert.Single(_api.Grains.Sent);
        Assert.Equal((Entities.Factory, command), (sent.Grain, sent.Command));
        Assert.Equal(("p-Officer", null, null), (sent.Context.Actor.Id, sent.Context.Identity, sent.Context.ExpectedVersion));
    }

    [Fact]
    public async Task A_report_names_values_with_their_units()
    {
        await _api.SendAsync(
            "POST", Path + "/reports",
            """{"policy":"miit-2024","year":2025,"round":"annual","enterprise":"u-0123456789abcdef","standard":"表","indicators":[{"indicator":"energy-use","value":12.50,"unit":"tce"}],"score":90.5,"reference":"1号"}""");

        var filed = Assert.IsType<GrainCommand.FileDeclaration>(Assert.Single(_api.Grains.Sent).Command);
        Assert.Equal([new DeclaredIndicator("energy-use", 12.50m, "tce")], filed.Indicators);
        Assert.Equal(new GrainCommand.FileDeclaration("miit-2024", "annual", 2025, Enterprise, "表", filed.Indicators, 90.5m, "1号"), filed);
    }

    [Theory]
    [InlineData("""{"policy":"miit-2024","year":20250}""", "year")]
    [InlineData("""{"policy":"miit-2024","year":2025,"enterprise":"factory/F-1"}""", "enterprise")]
    [InlineData("""{"policy":"miit-2024","year":2025,"score":"90"}""", "score")]
    [InlineData("""{"policy":"miit-2024","year":2025,"score":1e99}""", "score")]
    [InlineData("""{"policy":"miit-2024","year":2025,"indicators":[{"indicator":"energy-use","value":1}]}""", "indicators[0].unit")]
    public async Task A_report_of_another_form_is_refused(string body, string member) =>
        Assert.Equal([member], (await (await _api.SendAsync("POST", Path + "/reports", body)).ProblemAsync(400, "invalid-request")).Members());

    [Fact]
    public async Task Relations_are_those_that_entities_show()
    {
        await _api.SendAsync(
            "PUT", "/api/entities/park/N-1-P-0001",
            """{"name":"甲","relations":[{"type":"enterprise","to":"enterprise/u-0123456789abcdef"},{"type":"member","to":"factory/N-1-F-0001"}]}""");
        await _api.SendAsync("PUT", "/api/entities/park/N-1-P-0001", """{"name":"甲","relations":[{"type":"enterprise","to":"u-0123456789abcdef"}]}""");

        var commands = _api.Grains.Sent.Select(sent => Assert.IsType<GrainCommand.Register>(sent.Command)).ToArray();
        Assert.All(commands, command => Assert.Equal(Enterprise, command.Enterprise));
        Assert.Equal([new Relation("member", Entities.Factory)], commands[0].Relations!);
        Assert.Empty(commands[1].Relations!);
    }

    [Fact]
    public async Task Checks_and_results_carry_their_lists()
    {
        await _api.SendAsync(
            "POST", Path + "/checks",
            """{"policy":"miit-2016","basis":"directed","reason":"complaint","dueBy":"2026-12-31","inspectors":["I-1","I-2"],"items":["能耗"]}""");
        await _api.SendAsync(
            "POST", Path + "/checks/check-1/result",
            """{"outcome":"minor","on":"2026-04-30","inspectors":["I-1","I-2"],"findings":[{"item":"能耗","text":"偏高"}]}""", key: "inspector");

        var order = Assert.IsType<GrainCommand.OrderCheck>(_api.Grains.Sent.First().Command);
        Assert.Equal((CheckBasis.Directed, "complaint", new DateOnly(2026, 12, 31)), (order.Basis, order.Reason, order.DueBy));
        Assert.Equal(["I-1", "I-2"], order.Inspectors);
        Assert.Equal(["能耗"], order.Items);
        var result = Assert.IsType<GrainCommand.RecordResult>(_api.Grains.Sent.Last().Command);
        Assert.Equal(CheckOutcome.Minor, result.Outcome);
        Assert.Equal(["I-1", "I-2"], result.Inspectors);
        Assert.Equal([new Finding("能耗", "偏高")], result.Findings);
    }

    [Fact]
    public async Task A_statement_is_private_and_salted_anew_each_time()
    {
        await _api.SendAsync("POST", Path + "/cases/case-1/statement", """{"text":"我们\t不服"}""");
        await _api.SendAsync("POST", Path + "/cases/case-1/statement", """{"text":"我们\t不服"}""");

        var texts = _api.Grains.Sent.Select(sent => Assert.IsType<GrainCommand.RecordStatement>(sent.Command).Text).ToArray();
        Assert.All(texts, text => Assert.Equal(("我们\t不服", 16, PrivateText.HashOf(text.Text!, text.Salt!)), (text.Text, text.Salt!.Length, text.Sha256)));
        Assert.NotEqual(texts[0].Sha256, texts[1].Sha256);
    }

    [Fact]
    public async Task A_write_answers_with_the_entity_and_its_tag()
    {
        var answer = await _api.SendAsync("POST", Path + "/checks/check-1/cancellation", Cancellation);

        Assert.Equal(("\"8\"", "42", null), (answer.Header("ETag"), answer.Header("Supervision-Seq"), answer.Header("Location")));
        Assert.Equal(8, (await answer.JsonAsync()).GetProperty("version").GetInt64());
    }

    [Theory]
    [InlineData("", "/api/entities/factory/N-1-F-0001")]
    [InlineData("checks/check-2", "/api/entities/factory/N-1-F-0001/checks/check-2")]
    public async Task What_is_created_is_said_to_be_somewhere(string created, string location)
    {
        _api.Grains.Answer = (grain, _, _) => Task.FromResult(
            new CommandOutcome(CommandStatus.Accepted, null, Entities.Snapshot(grain, 1), created, 42, Changed: true));

        var answer = await _api.SendAsync("PUT", Path, """{"name":"甲"}""");

        Assert.Equal((HttpStatusCode.Created, location), (answer.StatusCode, answer.Header("Location")));
    }

    [Fact]
    public async Task A_rejection_is_a_problem_with_its_code_and_article()
    {
        foreach (var (rejection, status) in new (Rejection, int)[]
        {
            (new Rejection.ReasonNeeded(), 400), (new Rejection.OutOfScope("430000"), 403), (new Rejection.CheckNotFound("check-1"), 404),
            (new Rejection.CheckAlreadyOpen("check-1"), 409), (new Rejection.StaleVersion(1, 2), 412),
        })
        {
            _api.Grains.Answer = (_, _, _) => Task.FromResult(new CommandOutcome(CommandStatus.Rejected, rejection, null, null, 42, Changed: false));

            var problem = await (await _api.SendAsync("POST", Path + "/checks/check-1/cancellation", Cancellation)).ProblemAsync(status, rejection.Code);

            Assert.Equal((rejection.Article, rejection.Detail), (problem.GetProperty("article").GetString(), problem.GetProperty("detail").GetString()));
            Assert.Equal(rejection is Rejection.ReasonNeeded, problem.TryGetProperty("errors", out var errors) && errors.TryGetProperty("reason", out _));
        }
    }

    [Theory]
    [InlineData(CommandStatus.Running, 409, "idempotency-key-in-use")]
    [InlineData(CommandStatus.IdentityReused, 422, "idempotency-key-reused")]
    public async Task An_idempotency_key_that_does_not_fit_is_refused(CommandStatus status, int expected, string code)
    {
        _api.Grains.Answer = (_, _, _) => Task.FromResult(new CommandOutcome(status, null, null, null, 42, Changed: false));

        await (await _api.SendAsync("POST", Path + "/checks/check-1/cancellation", Cancellation, headers: ("Idempotency-Key", "a"))).ProblemAsync(expected, code);
    }

    [Fact]
    public async Task A_command_whose_outcome_does_not_come_is_answered_as_unknown()
    {
        _api.Grains.Answer = async (_, _, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new System.Diagnostics.UnreachableException();
        };

        var answer = await _api.SendAsync("POST", Path + "/checks/check-1/cancellation", Cancellation);

        var problem = await answer.ProblemAsync(503, "outcome-unknown");
        Assert.Contains("Idempotency-Key", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("1", answer.Header("Retry-After"));
    }

    [Fact]
    public async Task A_ledger_that_takes_nothing_is_answered_with_when_to_try_again()
    {
        _api.Grains.Answer = (_, _, _) => throw new LedgerUnavailableException("The queue is full.") { RetryAfterSeconds = 7 };

        var answer = await _api.SendAsync("POST", Path + "/checks/check-1/cancellation", Cancellation);

        await answer.ProblemAsync(503, "ledger-unavailable");
        Assert.Equal("7", answer.Header("Retry-After"));
    }

    [Fact]
    public async Task The_identity_of_a_command_is_made_of_key_route_and_idempotency_key()
    {
        await _api.SendAsync("POST", Path + "/checks/check-1/cancellation", Cancellation, headers: ("Idempotency-Key", "a-1"));

        var identity = Assert.Single(_api.Grains.Sent).Context.Identity!;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"key-officer\0POST {Path}/checks/check-1/cancellation\0a-1"));
        Assert.Equal(new Guid(hash.AsSpan(0, 16), bigEndian: true), identity.Id);
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(Cancellation)), identity.RequestHash);
    }

    [Fact]
    public async Task The_same_address_spelt_otherwise_is_the_same_route()
    {
        await _api.SendAsync("POST", Path + "/checks/check-1/approval", headers: ("Idempotency-Key", "a"));
        await _api.SendAsync("POST", "/API/Entities/factory/N-1-F-0001/CHECKS/check-1/approval/", headers: ("Idempotency-Key", "a"));

        Assert.Single(_api.Grains.Sent.Select(sent => sent.Context.Identity!.Id).Distinct());
    }

    [Fact]
    public async Task An_idempotency_key_is_what_stands_between_the_blanks_around_it()
    {
        foreach (var key in new[] { "a b", " a b", "a b\t", "a  b", "ab", "A b" })
            await _api.SendAsync("POST", Path + "/checks/check-1/approval", headers: ("Idempotency-Key", key));

        var ids = _api.Grains.Sent.Select(sent => sent.Context.Identity!.Id).ToArray();
        Assert.Equal((ids[0], ids[0]), (ids[1], ids[2]));
        Assert.Equal(4, ids.Distinct().Count());
    }

    [Fact]
    public async Task Another_sender_route_or_body_is_another_command()
    {
        await _api.SendAsync("POST", Path + "/checks/check-1/approval", headers: ("Idempotency-Key", "a"));
        await _api.SendAsync("POST", Path + "/checks/check-1/approval", key: "officer-2", headers: ("Idempotency-Key", "a"));
        await _api.SendAsync("POST", Path + "/checks/check-2/approval", headers: ("Idempotency-Key", "a"));
        await _api.SendAsync("POST", Path + "/checks/check-1/confirmation", headers: ("Idempotency-Key", "a"));
        await _api.SendAsync("POST", Path + "/checks/check-1/approval", headers: ("Idempotency-Key", "b"));
        await _api.SendAsync("POST", Path + "/checks/check-1/approval", "{}", headers: ("Idempotency-Key", "a"));
        await _api.SendAsync("POST", Path + "/checks/check-1/approval", headers: [("Idempotency-Key", "a"), ("If-Match", "\"7\"")]);

        var identities = _api.Grains.Sent.Select(sent => sent.Context.Identity!).ToArray();
        Assert.Equal(5, identities.Select(identity => identity.Id).Distinct().Count());
        Assert.Equal(3, identities.Where(identity => identity.Id == identities[0].Id).Select(identity => Convert.ToHexString(identity.RequestHash)).Distinct().Count());
    }

    [Fact]
    public async Task If_match_names_the_version_that_the_write_is_for()
    {
        await _api.SendAsync("POST", Path + "/checks/check-1/approval", headers: ("If-Match", "\"7\""));
        await _api.SendAsync("POST", Path + "/checks/check-1/approval", headers: ("If-Match", "*"));
        var missing = await _api.SendAsync("PUT", "/api/entities/factory/N-2", """{"name":"甲"}""", headers: ("If-Match", "*"));

        Assert.Equal([7, null], _api.Grains.Sent.Select(sent => sent.Context.ExpectedVersion));
        await missing.ProblemAsync(412, "precondition-failed");
    }

    [Fact]
    public async Task If_none_match_is_for_what_is_not_registered_yet()
    {
        await _api.SendAsync("PUT", "/api/entities/factory/N-2", """{"name":"甲"}""", headers: ("If-None-Match", "*"));

        Assert.Equal([0], _api.Grains.Sent.Select(sent => sent.Context.ExpectedVersion));
    }
}
