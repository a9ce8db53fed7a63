using System.Diagnostics;
using Supervision.Grains.Calendars;

namespace Supervision.Bench;

/// <summary>Reads of the register that go to the database: searches, filtered pages, the past, many questions at once.</summary>
internal sealed class RegisterMeasure(BenchSilo silo, HttpClient http, int entities)
{
    private const int Searches = 1_000;

    private const int Events = 200;

    private const int Questions = 1_000;

    private static readonly string[] Common = ["公司", "有限", "科技", "股份有限公司", "科技有限公司", "长沙", "化工", "B-1", "-F-"];

    private readonly IRegister _register = silo.Get<IRegister>();
    private readonly Random _chance = new(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await silo.SettleAsync(cancellationToken);
        await ReportAsync("search by 2 to 8 characters, a page of 50", 50, Searches, () => ListAsync(new EntityFilter { Search = Part() }, cancellationToken));
        await ReportAsync("search by what many or none have", 50, Searches, () => ListAsync(new EntityFilter { Search = Frequent() }, cancellationToken));
        await ReportAsync("page of 50 by 1 to 9 filters", 20, Searches, () => ListAsync(Filter(), cancellationToken));
        await ReportAsync("page of 50 by 1 to 9 filters, at any depth", 20, Searches, () => ListDeepAsync(Filter(), cancellationToken));
        await MeasurePastAsync(cancellationToken);
        await ReportAsync($"{Questions:N0} names verified in one call over HTTP", 300, 100, () => VerifyAsync(cancellationToken));
    }

    private async Task ListAsync(EntityFilter filter, CancellationToken cancellationToken) => await _register.ListAsync(filter, after: null, limit: 50, cancellationToken);

    /// <summary>A page that begins anywhere among the entities that there are most of in the list.</summary>
    private async Task ListDeepAsync(EntityFilter filter, CancellationToken cancellationToken)
    {
        var after = filter.Kind == "enterprise" ? Seeding.Enterprise(_chance.Next(Seeding.Enterprises)) : Seeding.Factory(_chance.Next(entities));
        await _register.ListAsync(filter, after, limit: 50, cancellationToken);
    }

    /// <summary>A part of one of the names.</summary>
    private string Part()
    {
        var name = Seeding.FactoryName(_chance.Next(entities));
        var length = _chance.Next(2, Math.Min(8, name.Length) + 1);
        return name.Substring(_chance.Next(name.Length - length + 1), length);
    }

    private string Frequent() => _chance.Next(3) switch
    {
        0 => Common[_chance.Next(Common.Length)],
        1 => $"{_chance.Next(10, 100)}{_chance.Next(10, 100)}{_chance.Next(10, 100)}",
        _ => Part() + "无",
    };

    private EntityFilter Filter()
    {
        T? Maybe<T>(T value)
            where T : struct => _chance.Next(3) == 0 ? value : null;
        string? OneOf(params string[] values) => _chance.Next(3) == 0 ? values[_chance.Next(values.Length)] : null;
        var today = CivilTime.DateAt(silo.Time.GetUtcNow());
        return new EntityFilter
        {
            Kind = OneOf("factory", "enterprise"),
            Region = OneOf(Seeding.Regions),
            RiskClass = OneOf("A", "B", "C", "D"),
            Status = Maybe((TitleStatus)_chance.Next(3)),
            Level = Maybe((Level)_chance.Next(3)),
            Policy = OneOf("miit-2016", "miit-2024"),
            Exempt = Maybe(_chance.Next(2) == 0),
            Enterprise = _chance.Next(8) == 0 ? Seeding.Enterprise(_chance.Next(Seeding.Enterprises)) : null,
            Search = _chance.Next(4) == 0 ? Part() : null,
            DueBefore = Maybe(today.AddDays(_chance.Next(400))),
        };
    }

    private async Task MeasurePastAsync(CancellationToken cancellationToken)
    {
        var grain = Seeding.Factory(entities - 1);
        var today = CivilTime.DateAt(silo.Time.GetUtcNow());
        var grains = silo.Get<IGrainClient>();
        for (var version = (await _register.FindAsync(grain, cancellationToken))!.View.Version; version < Events; version++)
        {
            var command = new GrainCommand.Register(Seeding.FactoryName(entities - 1), "430000", $"机械{version}", "B", Enterprise: null);
            await grains.SendAsync(grain, command, new CommandContext(Seeding.Orderer), cancellationToken);
        }

        var asOf = new AsOf(today, silo.Time.GetUtcNow());
        await ReportAsync($"entity with {Events} events as of a day", 5, 2000, () => _register.FindAsync([grain], asOf, cancellationToken));
    }

    private async Task VerifyAsync(CancellationToken cancellationToken)
    {
        var questions = Enumerable.Range(0, Questions).Select(_ => _chance.Next(10) == 0 ? "没有这家公司" : Seeding.FactoryName(_chance.Next(entities))).ToArray();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/verify") { Content = JsonContent.Create(new { questions }) };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        // Not kept: whoever asks is another process, whose memory is not the silo's to collect.
        await response.Content.CopyToAsync(Stream.Null, cancellationToken);
    }

    /// <summary>Calls one after another; the first tenth compiles and is not counted.</summary>
    private static async Task ReportAsync(string what, int aimMilliseconds, int calls, Func<Task> call)
    {
        var waits = new List<double>(calls);
        for (var i = -calls / 10; i < calls; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await call();
            if (i >= 0)
                waits.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        waits.Sort();
        Console.WriteLine($"{what,-52}p50 {waits[calls / 2],8:N2} ms   p95 {waits[calls * 95 / 100],8:N2} ms   max {waits[^1],8:N2} ms   (aim: p95 {aimMilliseconds} ms)");
    }
}
