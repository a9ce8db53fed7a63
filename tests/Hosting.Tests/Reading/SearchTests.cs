using Npgsql;
using Supervision.Ledger.Query;

namespace Supervision.Hosting.Tests.Reading;

/// <summary>Finding entities by whatever somebody has of them.</summary>
public sealed class SearchTests : IAsyncLifetime
{
    private TestRegister _register = null!;
    private TestSilo _silo = null!;

    public async ValueTask InitializeAsync()
    {
        _register = await TestRegister.CreateAsync();
        _silo = await _register.StartSiloAsync();
    }

    public ValueTask DisposeAsync() => _register.DisposeAsync();

    [Theory]
    [InlineData("泰兴", "park/N-2-P-0001")]
    [InlineData("泰", "park/N-2-P-0001")]
    [InlineData("经济开发区", "park/N-2-P-0001")]
    [InlineData("经济技术", "")]
    [InlineData("ＡＢＣ（中国）", "factory/N-1-F-0001")]
    [InlineData("abc(中", "factory/N-1-F-0001")]
    [InlineData("n-1-f-0001", "factory/N-1-F-0001")]
    [InlineData("旧名", "factory/N-1-F-0001")]
    [InlineData("别名", "factory/N-1-F-0001")]
    [InlineData("%", "factory/N-1-F-0002")]
    [InlineData("0%纯", "factory/N-1-F-0002")]
    [InlineData("_", "")]
    [InlineData("'", "factory/N-1-F-0002")]
    [InlineData("\"; DROP TABLE entity; --", "")]
    [InlineData("\\", "")]
    [InlineData("🌱", "factory/N-1-F-0002")]
    [InlineData("🌱绿", "factory/N-1-F-0002")]
    [InlineData("🌱🌱", "")]
    public async Task Names_former_names_aliases_and_keys_are_found_by_part(string search, string expected)
    {
        await _silo.AsListedAsync(GrainKind.Park, "N-2-P-0001", "江苏省泰兴经济开发区", "320000");
        var factory = await _silo.AsListedAsync(GrainKind.Factory, "N-1-F-0001", "旧名机械有限公司");
        await Given.AcceptAsync(_silo, factory, new GrainCommand.Rename("ABC(中国)制造有限公司", new DateOnly(2017, 3, 1)));
        await Given.AcceptAsync(_silo, factory, new GrainCommand.RecordAlias("别名集团", "notice", null, null));
        await _silo.AsListedAsync(GrainKind.Factory, "N-1-F-0002", "100%纯🌱绿'厂");

        Assert.Equal(expected.Length == 0 ? [] : [expected], (await _silo.ListAsync(new EntityFilter { Search = search })).Where(id => !id.StartsWith("enterprise/", StringComparison.Ordinal)));
    }

    /// <summary>By part it would be found by chance: one in fourteen has any two hex digits next to each other.</summary>
    [Fact]
    public async Task A_key_that_is_derived_from_a_name_is_found_as_a_whole_only()
    {
        await _silo.AsListedAsync(GrainKind.Factory, "N-1-F-0001", "某某有限公司");
        await _silo.AsListedAsync(GrainKind.Park, "N-2-P-0001", "U型谷", "320000");
        var enterprise = EntityName.EnterpriseOf("某某有限公司");
        var key = enterprise.Key;

        Assert.Equal([enterprise.Value], await _silo.ListAsync(new EntityFilter { Search = key }));
        Assert.Equal([enterprise.Value], await _silo.ListAsync(new EntityFilter { Search = key.ToUpperInvariant(), Kind = "enterprise" }));
        for (var from = 0; from < key.Length - 1; from++)
        {
            Assert.Empty(await _silo.ListAsync(new EntityFilter { Search = key[from..^1], Kind = "enterprise" }));
            Assert.Empty(await _silo.ListAsync(new EntityFilter { Search = key[(from + 1)..], Kind = "enterprise" }));
        }

        Assert.Contains("park/N-2-P-0001", await _silo.ListAsync(new EntityFilter { Search = "u" }));
        Assert.Contains("factory/N-1-F-0001", await _silo.ListAsync(new EntityFilter { Search = "0001", Kind = "factory" }));
    }

    [Fact]
    public async Task A_search_of_the_longest_text_finds_nothing_and_does_no_harm()
    {
        await _silo.AsListedAsync(GrainKind.Factory, "N-1-F-0001", "某某有限公司");

        Assert.Empty(await _silo.ListAsync(new EntityFilter { Search = string.Concat(Enumerable.Repeat("有限公司", 250)) }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_filter_finds_the_same_as_looking_at_each_entity(bool isAnalysed)
    {
        for (var i = 0; i < 60; i++)
        {
            var (kind, letter) = i % 3 == 0 ? (GrainKind.Park, "P") : (GrainKind.Factory, "F");
            var region = (i % 7) switch { 0 => "430000", 1 => "430100", 2 => "440000", 3 => "440300", 4 => "440100", 5 => "660000", _ => null };
            var grain = await _silo.AsListedAsync(kind, $"N-1-{letter}-{i:D4}", $"第{i:D2}绿色{(i % 2 == 0 ? "制造" : "科技")}有限公司", region, riskClass: i % 5 == 0 ? "D" : "B");
            if (i % 6 == 0)
                await _silo.RemovedAsync(grain, new DateOnly(2017, 3, 1));
            if (i % 4 == 1)
                await Given.AcceptAsync(_silo, grain, Given.OrderDirected(new DateOnly(2017, 3, 1 + (i % 20))));
        }

        if (isAnalysed)
            await _register.ExecuteAsync("ANALYZE register");
        var whole = (await _silo.Register.ListAsync(new EntityFilter(), null, 500, TestContext.Current.CancellationToken)).Items.Select(item => item.View).ToArray();
        var chance = new Random(1);
        for (var round = 0; round < 300; round++)
        {
            var filter = Filter(chance, whole);
            var expected = whole.Where(view => Matches(filter, view)).Select(view => view.Id.Value);
            Assert.Equal(expected, await _silo.ListAsync(filter));
        }
    }

    [Fact]
    public async Task A_list_is_whole_and_in_order_page_by_page()
    {
        for (var i = 0; i < 25; i++)
            await _silo.AsListedAsync(GrainKind.Factory, $"N-1-F-{i:D4}", $"第{i:D2}有限公司");

        foreach (var filter in (EntityFilter[])[new() { Kind = "factory" }, new() { Kind = "factory", Search = "公司" }, new() { Kind = "factory", Status = TitleStatus.Listed }])
        {
            var seen = new List<string>();
            Page<EntitySnapshot>? page = null;
            do
            {
                page = await _silo.Register.ListAsync(filter, page?.Items[^1].View.Id, 7, TestContext.Current.CancellationToken);
                seen.AddRange(page.Items.Select(item => item.View.Key));
            }
            while (page.HasMore);

            Assert.Equal(Enumerable.Range(0, 25).Select(i => $"N-1-F-{i:D4}"), seen);
        }
    }

    [Fact]
    public async Task Exact_texts_are_matched_whatever_they_are_in_the_order_in_which_they_are_asked()
    {
        var park = await _silo.AsListedAsync(GrainKind.Park, "N-2-P-0001", "江苏省泰兴经济开发区", "320000", certificate: "证-1");
        var factory = await _silo.AsListedAsync(GrainKind.Factory, "N-1-F-0001", "旧名（中国）有限公司");
        var enterprise = EntityName.EnterpriseOf("旧名（中国）有限公司");
        await Given.AcceptAsync(_silo, factory, new GrainCommand.Rename("新名有限公司", new DateOnly(2017, 3, 1)));

        var found = await _silo.Register.MatchAsync(
            ["nothing", " 旧名(中国)有限公司", "新名有限公司", "证-1", "n-2-p-0001", "park/N-2-P-0001", "nothing", "泰兴", "factory/N-2-P-0001"], asOf: null, 20, TestContext.Current.CancellationToken);

        Assert.Equal([[], [enterprise, factory], [factory], [park], [park], [park], [], [], []], found);
    }

    [Theory]
    [InlineData("cert-001 (Ⅳ)")]
    [InlineData("ＣＥＲＴ－００１（Ⅳ）")]
    [InlineData(" Cert-001【iv】 ")]
    public async Task A_number_of_a_certificate_is_found_however_it_is_written(string written)
    {
        var factory = await _silo.AsListedAsync(GrainKind.Factory, "N-1-F-0001", "某某有限公司", certificate: "CERT-001(Ⅳ)");
        await _silo.AsListedAsync(GrainKind.Factory, "N-1-F-0002", "某某第二有限公司", certificate: "CERT-002");

        Assert.Equal([[factory]], await _silo.Register.MatchAsync([written], asOf: null, 20, TestContext.Current.CancellationToken));
        Assert.Equal([[factory]], await _silo.Register.MatchAsync([written], new AsOf(new DateOnly(2017, 3, 1), DateTimeOffset.MaxValue), 20, TestContext.Current.CancellationToken));
        Assert.Equal(["factory/N-1-F-0001"], await _silo.ListAsync(new EntityFilter { Search = written }));
        Assert.Equal(["factory/N-1-F-0001"], await _silo.ListAsync(new EntityFilter { Search = written.Trim()[..8] }));
    }

    [Fact]
    public async Task A_number_that_a_title_gets_later_is_found_and_the_one_before_is_not()
    {
        var factory = await _silo.AsListedAsync(GrainKind.Factory, "N-1-F-0001", "某某有限公司", certificate: "CERT-001");
        var granted = await _register.QueryAsync<long>("SELECT version FROM ledger WHERE type = 'title.granted'");
        Assert.Null((await _silo.SendAsync(factory, new GrainCommand.CorrectGrant(granted, "typing error", null, "CERT-009", null), Given.SecondOfficer)).Rejection);

        Assert.Equal(["factory/N-1-F-0001"], await _silo.ListAsync(new EntityFilter { Search = "cert-009" }));
        Assert.Empty(await _silo.ListAsync(new EntityFilter { Search = "cert-001" }));
        await _register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task An_entity_is_found_by_the_identity_that_is_shown()
    {
        await _silo.AsListedAsync(GrainKind.Factory, "N-1-F-0001", "某某有限公司");
        await _silo.AsListedAsync(GrainKind.Park, "N-1-F-0001", "某某园区", "320000");

        Assert.Equal(["factory/N-1-F-0001"], await _silo.ListAsync(new EntityFilter { Search = " factory/N-1-F-0001" }));
        Assert.Equal(["factory/N-1-F-0001"], await _silo.ListAsync(new EntityFilter { Search = "factory/N-1-F-0001", Kind = "factory" }));
        Assert.Empty(await _silo.ListAsync(new EntityFilter { Search = "factory/N-1-F-0001", Kind = "park" }));
        Assert.Equal([EntityName.EnterpriseOf("某某有限公司").Value], await _silo.ListAsync(new EntityFilter { Search = EntityName.EnterpriseOf("某某有限公司").Value }));
    }

    /// <summary>As the register was before numbers were searched.</summary>
    [Fact]
    public async Task What_was_entered_before_is_found_by_its_numbers_once_the_database_is_migrated()
    {
        string[] numbers = ["cert（0１）", "ＣＥＲＴ【２】 Ⅳ", "•①〔x〕\u200b", "N-1-F-0004", "某字\u3000[2017]｛5｝号"];
        foreach (var (place, number) in numbers.Index())
            await _silo.AsListedAsync(GrainKind.Factory, $"N-1-F-{place + 1:D4}", $"第{place}有限公司", certificate: number);
        await _register.ExecuteAsync("""
            UPDATE entity SET search = regexp_replace(search, '(N-1-F-\d{4}).*$', '\1') WHERE kind = 'factory';
            UPDATE register SET search = entity.search, terms = search_terms('factory', entity.search) FROM entity WHERE entity.grain = register.grain AND entity.kind = 'factory'
            """);
        Assert.Empty(await _silo.ListAsync(new EntityFilter { Search = "cert" }));

        await _register.ExecuteAsync("BEGIN;" + await File.ReadAllTextAsync(RepositoryFolder.PathOf("src/Ledger/Migrations/0036_searched_certificates.sql"), TestContext.Current.CancellationToken) + "COMMIT;");

        await _register.AssertVerifiedAsync();
        Assert.Equal(["factory/N-1-F-0001", "factory/N-1-F-0002"], await _silo.ListAsync(new EntityFilter { Search = "cert" }));
    }

    [Fact]
    public async Task A_merged_entity_is_found_where_it_went_by_its_old_identity_too()
    {
        await _silo.AsListedAsync(GrainKind.Factory, "N-1-F-0001", "某某有限公司");
        var old = EntityName.EnterpriseOf("某某有限公司");
        var code = GrainId.Of(GrainKind.Enterprise, "91350100M000100Y43");
        await Given.AcceptAsync(_silo, old, new GrainCommand.Merge(code, "certificate"));

        var found = await _silo.Register.MatchAsync([old.Value, old.Key, code.Key], asOf: null, 20, TestContext.Current.CancellationToken);

        Assert.Equal([code], found[0]);
        Assert.Equal([code], found[1]);
        Assert.Contains(code, found[2]);
    }

    [Fact]
    public async Task A_name_that_differs_is_proposed_and_nothing_is_merged()
    {
        await _silo.AsListedAsync(GrainKind.Park, "N-2-P-0001", "江苏省泰兴经济开发区", "320000");
        foreach (var (place, city) in (string[])["南昌", "武汉", "长沙", "沈阳", "昆山", "宁波"] is var cities ? cities.Index() : [])
            await _silo.AsListedAsync(GrainKind.Park, $"N-1-P-{place:D4}", $"{city}经济技术开发区");

        var candidates = await _silo.Register.CandidatesAsync("泰兴经济技术开发区", new EntityFilter { Kind = "park" }, 3, TestContext.Current.CancellationToken);
        var again = await _silo.Register.CandidatesAsync("泰兴经济技术开发区", new EntityFilter { Kind = "park" }, 3, TestContext.Current.CancellationToken);

        Assert.Equal("park/N-2-P-0001", candidates[0].Id.Value);
        Assert.Equal("江苏省泰兴经济开发区", candidates[0].Matched);
        Assert.InRange(candidates[0].Score, 0.3, 0.99);
        Assert.Equal(candidates, again);
        Assert.Empty(await _silo.Register.CandidatesAsync("毫不相干", new EntityFilter { Kind = "park" }, 3, TestContext.Current.CancellationToken));
        var same = await _silo.Register.CandidatesAsync("南昌经济技术开发区", new EntityFilter(), 1, TestContext.Current.CancellationToken);
        Assert.Equal(1, same[0].Score);
    }

    /// <summary>Imports ask for it, and would not notice if it were refused.</summary>
    [Fact]
    public async Task Whoever_serves_may_have_waiting_terms_sorted_in()
    {
        await _silo.AsListedAsync(GrainKind.Factory, "N-1-F-0001", "某某有限公司");
        await using var serving = Supervision.Ledger.Schema.LedgerDataSource.Create(_register.ConnectionString);
        await using var command = serving.CreateCommand("SELECT sort_terms_in()");
        await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["factory/N-1-F-0001"], await _silo.ListAsync(new EntityFilter { Search = "某某", Kind = "factory" }));
    }

    /// <summary>The register is written by the database and by imports, and searched by what the silo makes of a part.</summary>
    [Fact]
    public async Task The_database_and_the_silo_make_the_same_terms_and_facets()
    {
        string[] parts = ["绿", "绿色", "A", "AB", "1", "12", "🌱", "·", "(", "\u0001", "é", "ABC公司", "\n"];
        var chance = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var search = string.Concat(Enumerable.Range(0, chance.Next(1, 9)).Select(_ => parts[chance.Next(parts.Length)])).Trim('\n').Replace("\n\n", "\n", StringComparison.Ordinal);
            var kind = GrainKind.Subjects[chance.Next(GrainKind.Subjects.Count)].Name;
            if (search.Length == 0)
                continue;
            var terms = SearchTerms.Of(kind, search);
            Assert.Equal(await QueryAsync<int[]>("SELECT search_terms($1, $2)", kind, search), terms);
            foreach (var line in search.Split('\n'))
            {
                var runes = line.EnumerateRunes().Select(rune => rune.ToString()).ToArray();
                for (var length = 2; length <= runes.Length; length++)
                {
                    var from = chance.Next(runes.Length - length + 1);
                    var part = SearchTerms.OfPart(kind, string.Concat(runes[from..(from + length)]));
                    Assert.NotEmpty(part.Terms);
                    Assert.True(part.All ? part.Terms.All(terms.Contains) : part.Terms.Any(terms.Contains), $"{search}: {length} from {from}");
                }
            }
        }

        foreach (var search in (string[])["U-0123456789ABCDEF", "绿色\nU-0123456789ABCDEF\n绿", "U-0123456789ABCDE", "U-0123456789ABCDEF0\nU-0123456789ABCDEG\nu-0123456789ABCDEF\nXU-0123456789ABCDEF"])
            Assert.Equal(await QueryAsync<int[]>("SELECT search_terms($1, $2)", "enterprise", search), SearchTerms.Of("enterprise", search));

        var titles = new TitleColumns("p", "h", "national", "listed", "national", null, new DateOnly(2017, 1, 1), null, null, null);
        foreach (var facet in (Facet[])
        [
            new Facet("factory", null, null, "never-listed", []),
            Facet.Of(new EntityColumns("park", "名", "430000", null, "B", "valid", null, "名"), [titles, titles with { Level = "municipal", ExemptUntil = new DateOnly(2020, 1, 1) }, titles]),
        ])
        {
            Assert.Equal(
                await QueryAsync<long>("SELECT facet_id($1, $2, $3, $4, $5)", facet.Kind, facet.Region, facet.RiskClass, facet.Standing, facet.Titles.ToArray()), facet.Id);
        }
    }

    private async Task<T> QueryAsync<T>(string sql, params object?[] values)
    {
        await using var command = _register.Owner.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(value is null ? new NpgsqlParameter<string?> { TypedValue = null } : new NpgsqlParameter { Value = value });
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private static EntityFilter Filter(Random chance, EntityView[] whole)
    {
        string? OneOf(params string?[] values) => chance.Next(2) == 0 ? null : values[chance.Next(values.Length)];
        return new EntityFilter
        {
            Kind = OneOf("factory", "park", "enterprise"),
            Region = OneOf("430000", "430100", "440000", "440300", "660000", "110000"),
            RiskClass = OneOf("B", "D"),
            Search = OneOf("公司", "绿色制造", "第1", "12", "制", "科技有限公司", "没有"),
            Status = chance.Next(3) switch { 0 => TitleStatus.Listed, 1 => TitleStatus.Removed, _ => null },
            Level = chance.Next(4) == 0 ? Level.National : null,
            Policy = OneOf(Given.Policy, "other"),
            Exempt = chance.Next(4) switch { 0 => true, 1 => false, _ => null },
            Enterprise = chance.Next(6) == 0 ? whole[chance.Next(whole.Length)].Relations is [var first, ..] ? first.To : null : null,
            DueBefore = chance.Next(4) == 0 ? new DateOnly(2017, 3, 1 + chance.Next(25)) : null,
        };
    }

    private static bool Matches(EntityFilter filter, EntityView view) =>
        (filter.Kind is null || view.Kind == filter.Kind)
        && (filter.Region is null || (view.Region is { } region && Region.Covers(filter.Region, region)))
        && (filter.RiskClass is null || view.RiskClass == filter.RiskClass)
        && (filter.Search is null || view.Name.Contains(filter.Search, StringComparison.Ordinal))
        && (filter.Enterprise is null || view.Relations.Any(relation => relation.To == filter.Enterprise))
        && (filter.DueBefore is not { } due || view.NextWakeUp < new DateTimeOffset(due.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(8)))
        && ((filter.Status, filter.Level, filter.Policy, filter.Exempt) is (null, null, null, null) || view.Titles.Any(title =>
            (filter.Status is null || title.Status == filter.Status) && (filter.Level is null || title.Level == filter.Level)
            && (filter.Policy is null || title.Policy == filter.Policy) && (filter.Exempt is null || filter.Exempt == title.ExemptUntil.HasValue)));
}
