using System.Diagnostics;
using Supervision.Grains.Behaviour;
using Supervision.Grains.Calendars;
using Supervision.Grains.Policies;
using Supervision.Hosting.Activations;
using Supervision.Hosting.Inspectors;
using Supervision.Ledger.Append;

namespace Supervision.Bench;

/// <summary>
/// Fills the ledger with factories, each with a title and an approved check, through the real behaviour and the real
/// writer; only the waiting between the four commands of one factory is left out.
/// </summary>
internal sealed class Seeding(BenchSilo silo)
{
    public const int Enterprises = 10_000;

    public static readonly string[] Regions = ["430000", "430100", "440000", "440300", "320000"];

    private const string Characters =
        "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光果珍李柰菜重芥姜海咸河淡鳞潜羽翔龙师火帝鸟官人皇始制文字乃服衣裳推位让国有虞陶唐吊民伐罪周";

    private static readonly string[] Places =
        ["北京", "上海", "天津", "江苏", "浙江", "山东", "广东", "湖南", "河南", "湖北", "四川", "深圳", "苏州", "无锡", "青岛", "宁波", "长沙", "武汉", "成都", "西安", "泰兴"];

    private static readonly string[] Trades =
        ["电子", "化工", "钢铁", "汽车", "机械", "纺织", "食品", "建材", "光电", "新能源", "水泥", "家电", "造纸", "医药", "包装", "有色金属", "精密", "半导体", "玻璃", "陶瓷"];

    private static readonly string[] Sorts = ["科技", "实业", "制造", "材料", "技术", "设备", "集团", "工业", "发展", "产业"];

    private static readonly string[] Forms = ["有限公司", "股份有限公司", "有限责任公司", "有限公司", "集团有限公司"];

    public static readonly Actor Orderer = new("p-orderer", "orderer", Role.Officer, Authority.National);

    public static readonly Actor Approver = new("p-approver", "approver", Role.Officer, Authority.National);

    private readonly LedgerWriter _writer = silo.Get<LedgerWriter>();
    private readonly RuleBook _rules = silo.Get<RuleBook>();
    private readonly InspectorDirectory _inspectors = silo.Get<InspectorDirectory>();

    public static GrainId Factory(int number) => GrainId.Of(GrainKind.Factory, $"B-1-F-{number:D7}");

    public static GrainId Enterprise(int number) => EntityName.EnterpriseOf(EnterpriseName(number));

    private static string EnterpriseName(int number) => $"基准测试第{number:D5}企业有限公司";

    /// <summary>Made up of parts as real names are, so that some pairs of characters are in every name and some in few.</summary>
    public static string FactoryName(int number)
    {
        var part = (uint)number * 2654435761u;
        string Next(string[] parts)
        {
            var chosen = parts[part % parts.Length];
            part = (part / (uint)parts.Length) ^ ((uint)number * 40503u);
            return chosen;
        }

        return $"{Next(Places)}{Characters[number % 97]}{Characters[number / 97 % 97]}{Characters[number / 9409 % 97]}{Next(Trades)}{Next(Sorts)}{Next(Forms)}";
    }

    /// <param name="entities">How many factories.</param>
    /// <param name="waking">How many of them have their check due on the same earlier day.</param>
    public async Task RunAsync(int entities, int waking)
    {
        var watch = Stopwatch.StartNew();
        var known = new Dictionary<GrainId, KnownGrain>();
        var rows = new List<Task>();
        for (var i = 0; i < Enterprises; i++)
        {
            var turn = Decide(Enterprise(i), default, new GrainCommand.Register(EnterpriseName(i), "430000", null, null, null), [], Orderer);
            known[turn.Grain] = turn.After;
            await WriteAsync([turn], rows);
        }

        var today = CivilTime.DateAt(Now());
        for (var i = 0; i < entities; i++)
        {
            var enterprise = Enterprise(i % Enterprises);
            var dueBy = today.AddDays(i < waking ? 30 : 300);
            await WriteAsync(Entity(Factory(i), i, enterprise, known[enterprise], dueBy), rows);
        }

        await Task.WhenAll(rows);
        Console.WriteLine($"Seeded {entities:N0} factories and {Enterprises:N0} enterprises in {watch.Elapsed.TotalSeconds:N0} s");
    }

    private List<GrainChange> Entity(GrainId grain, int number, GrainId enterprise, KnownGrain known, DateOnly dueBy)
    {
        var others = new Dictionary<GrainId, KnownGrain> { [enterprise] = known };
        var changes = new List<GrainChange>();
        KnownGrain state = default;
        Step(new GrainCommand.Register(FactoryName(number), Regions[number % 7 % Regions.Length], "机械", "AABBBBCCD"[number % 9].ToString(), enterprise), Orderer);
        Step(new GrainCommand.GrantTitle("miit-2024", null, Level.National, null, new DateOnly(2025, 1, 22), "评价机构", "9"), Orderer);
        Step(new GrainCommand.OrderCheck(new TitleChoice("miit-2024"), CheckBasis.Random, null, "bench", dueBy, ["I-1", "I-2"], []), Orderer);
        Step(new GrainCommand.ApproveCheck("check-1"), Approver);
        return changes;

        void Step(GrainCommand command, Actor actor)
        {
            var change = Decide(grain, state, command, others, actor);
            changes.Add(change);
            state = change.After;
        }
    }

    /// <summary>The ledger records whole milliseconds.</summary>
    private DateTimeOffset Now()
    {
        var now = silo.Time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }

    private GrainChange Decide(GrainId grain, KnownGrain known, GrainCommand command, Dictionary<GrainId, KnownGrain> others, Actor actor)
    {
        var turn = GrainBehaviour.Decide(grain, known, command, null, new DecisionContext(Now(), actor, _rules, others) { Inspectors = _inspectors.ById });
        return turn.Rejection is null ? turn.Target : throw new InvalidOperationException(turn.Rejection.Detail);
    }

    private async Task WriteAsync(IReadOnlyList<GrainChange> steps, List<Task> rows)
    {
        var whole = new GrainChange(steps[0].Grain, steps[0].Before, steps[^1].After, [.. steps.SelectMany(step => step.Events)]);
        rows.Add(_writer.AppendAsync(new AppendRequest([Appends.Of(whole, 0, Now(), null)], null, _ => { })));
        if (rows.Count < 2000)
            return;
        await Task.WhenAll(rows);
        rows.Clear();
    }
}
