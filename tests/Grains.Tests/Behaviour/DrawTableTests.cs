using Supervision.Grains.Draws;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Every command of draws wherever a draw stands, against what <c>draws.md</c> says.</summary>
public sealed class DrawTableTests
{
    private static readonly GrainId Draw = GrainId.Of(GrainKind.Draw, "trial-2026-1");

    private static readonly byte[] Secret = new byte[DrawSeed.SecretLength];

    private static readonly DateTimeOffset Due = new(2026, 6, 20, 2, 0, 0, TimeSpan.Zero);

    internal static readonly GrainCommand Execute = new GrainCommand.ExecuteDraw(Convert.ToHexStringLower(Secret), ["07"], 12, new string('0', 64), []);

    internal static readonly GrainCommand Complete = new GrainCommand.CompleteDraw(new DrawCompletion(5, 1, 0, 4, 0, new string('0', 64)));

    private static readonly GrainCommand Skip = new GrainCommand.SkipWinners(1, [new DrawSkip("factory/N-1", "exempt")]);

    private static readonly Dictionary<string, Func<Scenario>> Situations = new()
    {
        ["absent"] = () => new Scenario().On("2026-06-15"),
        ["early"] = Early,
        ["announced"] = Announced,
        ["approved"] = Approved,
        ["executed"] = Executed,
        ["completed"] = () => Executed().Given(Complete, Actor.System, Draw),
        ["opened"] = () => Executed().Given(Complete, Actor.System, Draw).Given(new GrainCommand.OpenDraw(), Actor.System, Draw),
    };

    private static readonly Dictionary<string, (GrainCommand Command, Actor By)> Commands = new()
    {
        ["AnnounceDraw"] = (new GrainCommand.AnnounceDraw(Announcement), People.B),
        ["ApproveDraw"] = (new GrainCommand.ApproveDraw(), People.B),
        ["ExecuteDraw"] = (Execute, People.B),
        ["SkipWinners"] = (Skip, Actor.System),
        ["CompleteDraw"] = (Complete, Actor.System),
        ["OpenDraw"] = (new GrainCommand.OpenDraw(), Actor.System),
        ["Register"] = (new GrainCommand.Register(Scenario.Name, "430000", null, null, Scenario.Enterprise), People.B),
    };

    private static readonly IReadOnlyList<Cell> DrawCells = OutcomeTable.Of("draws.md");

    internal static DrawAnnouncement Announcement => new()
    {
        Rule = DrawAnnouncement.RuleV1, Policy = Rules.Trial, Scope = new DrawScope(["factory"], Level.National, null), Strata = [new DrawStratum(null, 0.05m, 100, 5)], Excluded = [],
        RosterSize = 100, RosterRoot = new string('0', 64), PoolSize = 0, PoolRoot = new string('0', 64), Commitment = DrawSeed.CommitmentTo(Secret), PublicSource = "双色球",
        PublicAt = Due, NotBefore = Due, InspectorsPerVisit = 2, DueBy = Ask.Day("2026-09-20"),
    };

    public static TheoryData<string, string> Cells => [.. DrawCells.Select(cell => new TheoryDataRow<string, string>(cell.Command, cell.Situation))];

    [Fact]
    public void The_table_has_every_command_in_every_situation_once() => Assert.Equal(
        Commands.Keys.SelectMany(command => Situations.Keys.Where(situation => command != "Register" || situation != "absent").Select(situation => $"{command}, {situation}"))
            .Order(StringComparer.Ordinal),
        DrawCells.Select(cell => $"{cell.Command}, {cell.Situation}").Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_outcome_is_the_one_in_the_table(string command, string situation)
    {
        var cell = DrawCells.Single(cell => cell.Command == command && cell.Situation == situation);
        var (sent, by) = Commands[command];

        Assert.Equal((cell.Outcome, cell.Article), OutcomeTableTests.Observe(Situations[situation](), sent, by, Draw));
    }

    [Fact]
    public void Another_secret_than_committed_to_is_refused() => Approved()
        .When(new GrainCommand.ExecuteDraw(new string('1', 64), ["07"], 12, new string('0', 64), []), People.B, Draw).ThenRefused("secret-differs");

    [Fact]
    public void After_the_last_day_of_its_visits_it_is_not_made() => Approved().On("2026-09-21").When(Execute, People.B, Draw).ThenRefused("draw-too-late");

    [Theory]
    [InlineData("remote-first", "papers")]
    [InlineData("item-not-published", "lease")]
    [InlineData(null, "papers", "meters")]
    [InlineData(null)]
    public void Visits_are_not_drawn_for_what_papers_show(string? code, params string[] items) => new Scenario().On("2026-06-15")
        .When(new GrainCommand.AnnounceDraw(Announcement with { Policy = Rules.Lawful, Items = items }), People.A, Draw).ThenRefused(code!);

    [Theory]
    [InlineData("330000", Level.National, null)]
    [InlineData("310000", Level.National, "item-not-published")]
    [InlineData(null, Level.National, "item-not-published")]
    [InlineData(null, Level.Provincial, "item-not-published")]
    public void A_draw_has_the_items_that_are_published_all_over_its_scope(string? region, Level level, string? code)
    {
        var drawn = new Scenario().On("2026-06-15").When(
            new GrainCommand.AnnounceDraw(Announcement with { Policy = Rules.Lawful, Items = ["zj2017-b18"], Scope = new DrawScope(["factory"], level, region) }),
            region is null ? People.A : People.Of(Level.Provincial, region), Draw);

        if (code is null)
            drawn.ThenTypes("draw.announced");
        else
            drawn.ThenRefused(code);
    }

    [Fact]
    public void Who_announced_it_does_not_approve_it() => Early().When(new GrainCommand.ApproveDraw(), People.A, Draw).ThenRefused("second-person-needed");

    private static Scenario Early() => new Scenario().On("2026-06-15").Given(new GrainCommand.AnnounceDraw(Announcement), People.A, Draw);

    private static Scenario Announced() => Early().At(Due);

    private static Scenario Approved() => Announced().Given(new GrainCommand.ApproveDraw(), People.B, Draw);

    private static Scenario Executed() => Approved().Given(Execute, People.B, Draw);
}
