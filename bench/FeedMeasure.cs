using System.Diagnostics;
using Npgsql;

namespace Supervision.Bench;

/// <summary>Reading the feed from its beginning, beside reading the same rows without making anything of them; and the status lists of all titles.</summary>
internal static class FeedMeasure
{
    private const int PageMax = 500;

    public static async Task RunAsync(BenchSilo silo, HttpClient http, TimeSpan duration, CancellationToken cancellationToken)
    {
        // A first round compiles; it is not counted.
        await ReadFeedAsync(silo, TimeSpan.FromSeconds(3), cancellationToken);
        var rows = await ReadRowsAsync(silo, duration, cancellationToken);
        Console.WriteLine($"{"baseline: the rows of the ledger, pages of 500",-52}{rows,12:N0}/s");
        var feed = await ReadFeedAsync(silo, duration, cancellationToken);
        Console.WriteLine($"{"events of the feed, pages of 500, inside the silo",-52}{feed,12:N0}/s   {feed / rows:N2} x baseline");
        var over = await ReadHttpAsync(http, duration, cancellationToken);
        Console.WriteLine($"{"events of the feed over HTTP, one reader",-52}{over,12:N0}/s   {over / rows:N2} x baseline");
        await MakeListsAsync(silo, cancellationToken);
    }

    private static async Task<double> ReadFeedAsync(BenchSilo silo, TimeSpan duration, CancellationToken cancellationToken)
    {
        var feed = silo.Get<IEventFeed>();
        var (watch, read, after) = (Stopwatch.StartNew(), 0L, 0L);
        while (watch.Elapsed < duration)
        {
            var page = await feed.ReadAsync(after, FeedFilter.All, PageMax, cancellationToken);
            read += page.UpTo - after;
            after = page.UpTo < feed.Seq ? page.UpTo : 0;
        }

        return read / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> ReadHttpAsync(HttpClient http, TimeSpan duration, CancellationToken cancellationToken)
    {
        var (watch, read, after) = (Stopwatch.StartNew(), 0L, 0L);
        while (watch.Elapsed < duration)
        {
            using var response = await http.GetAsync($"/api/events?after={after}&limit={PageMax}", cancellationToken);
            response.EnsureSuccessStatusCode();
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            var next = long.Parse(response.Headers.GetValues("Supervision-Next-After").Single(), System.Globalization.CultureInfo.InvariantCulture);
            read += next - after;
            after = next == after ? 0 : next;
        }

        return read / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> ReadRowsAsync(BenchSilo silo, TimeSpan duration, CancellationToken cancellationToken)
    {
        await using var dataSource = NpgsqlDataSource.Create(silo.Database.ConnectionString);
        var (watch, read, after) = (Stopwatch.StartNew(), 0L, 0L);
        while (watch.Elapsed < duration)
        {
            await using var command = dataSource.CreateCommand("SELECT seq, grain, version, type, at, effective_on, data FROM ledger WHERE seq > $1 ORDER BY seq LIMIT $2");
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = PageMax });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var any = false;
            while (await reader.ReadAsync(cancellationToken))
            {
                (any, after) = (true, reader.GetInt64(0));
                _ = (reader.GetString(1), reader.GetString(3), reader.GetString(6));
                read++;
            }

            if (!any)
                after = 0;
        }

        return read / watch.Elapsed.TotalSeconds;
    }

    private static async Task MakeListsAsync(BenchSilo silo, CancellationToken cancellationToken)
    {
        var lists = silo.Get<IStatusLists>();
        var watch = Stopwatch.StartNew();
        var made = await lists.GetAsync(cancellationToken);
        Console.WriteLine($"{"status lists, indexes allocated for every title",-52}{watch.Elapsed.TotalSeconds,12:N2} s   token {made.Token.Length >> 10:N0} KB   credential {made.Credential.Length >> 10:N0} KB");
        // Time passes, so that they are made again without anything having happened.
        silo.Time.MoveTo(silo.Time.GetUtcNow().AddHours(13));
        watch.Restart();
        await lists.GetAsync(cancellationToken);
        Console.WriteLine($"{"status lists made again",-52}{watch.Elapsed.TotalSeconds,12:N2} s");
    }
}
