using System.Text.Json;
using Supervision.Grains.Draws;

namespace Supervision.Grains.Tests.Draws;

/// <summary>
/// The test vectors in <c>docs/draws</c>: other implementations come to the same by them. Both verifiers pass them, and find what is changed in
/// them; after a change of the rules, which needs a new name for them, <c>UPDATE_VECTORS=1</c> writes them anew.
/// </summary>
public sealed class DrawVectorTests
{
    private static readonly Dictionary<string, DrawRecord> Vectors = new()
    {
        ["by-rate.json"] = new Sample { Roster = Sample.RosterOf(60), Pool = Sample.PoolOf(8), Rate = 0.2m }.Record(entity => entity.EndsWith('5') ? Drawable.Exempt : null),
        ["by-size.json"] = new Sample { Roster = Sample.RosterOf(60), Pool = Sample.PoolOf(8), Size = 9, PublicValues = ["𠮷", "07"] }.Record(),
        ["public.json"] = Public(),
        ["with-fields.json"] = new Sample { Roster = Sample.RosterOf(60), Pool = Sample.PoolWithFields(12), Rate = 0.2m, Fields = [new NeededField("product", "绿色产品")] }.Record(),
        ["energy-list.json"] = new Sample { Roster = Sample.EnterprisesOf(40), Pool = [], Rate = 0.1m, Purpose = DrawPurpose.EnergyList }
            .Record(entity => entity.EndsWith('5') ? EnergyDrawable.Listed : null),
    };

    [Fact]
    public void TheVectorsAreWhatTheRulesGive()
    {
        foreach (var (name, record) in Vectors)
        {
            using var stream = new MemoryStream();
            DrawJson.Write(stream, record);
            var path = PathOf(name);
            if (Environment.GetEnvironmentVariable("UPDATE_VECTORS") is not null)
                File.WriteAllBytes(path, stream.ToArray());
            Assert.Equal(File.ReadAllBytes(path), stream.ToArray());
        }
    }

    [Fact]
    public void WhatIsReadIsWhatWasWritten()
    {
        foreach (var name in Vectors.Keys)
        {
            using var file = File.OpenRead(PathOf(name));
            var record = DrawJson.Read(file);
            using var again = new MemoryStream();
            DrawJson.Write(again, record);
            Assert.Equal(File.ReadAllBytes(PathOf(name)), again.ToArray());
            Assert.Null(DrawVerifier.Verify(record).First);
        }
    }

    [Fact]
    public async Task TheScriptVerifiesThem()
    {
        foreach (var name in Vectors.Keys)
        {
            var (code, output) = await VerifierScript.RunAsync(PathOf(name));
            Assert.True(code == 0, output);
            Assert.Contains("Verified trial-2026-1", output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("by-rate.json", "\"quota\":2", "\"quota\":3", "quota-")]
    [InlineData("by-rate.json", "\"inspectors\":[\"I-", "\"inspectors\":[\"X-", "inspectors")]
    [InlineData("by-rate.json", "factory/N-1-0001", "factory/N-1-0000", "roster-root")]
    [InlineData("by-size.json", "\\uD842\\uDFB7", "吉", "seed")]
    [InlineData("by-size.json", "\"unfilled\":0", "\"unfilled\":1", "unfilled")]
    [InlineData("by-size.json", "2026-03-09T02:00:01", "2026-03-09T01:00:01", "not-before")]
    [InlineData("by-size.json", "2026-03-09T02:00:01+00:00", "2026-03-09T09:00:01+08:00", "not-before")]
    [InlineData("by-size.json", "2026-03-09T02:00:01+00:00", "2026-03-09T01:59:59.9Z", "not-before")]
    [InlineData("with-fields.json", "\"rule\":\"draw/v2\"", "\"rule\":\"draw/v1\"", "rule")]
    [InlineData("with-fields.json", "\"fields\":[]", "\"fields\":[\"绿色产品\"]", "pool-root")]
    [InlineData("with-fields.json", "\"kind\":\"product\"", "\"kind\":\"factory\"", "round-1")]
    [InlineData("energy-list.json", "\"purpose\":\"energy-list\"", "\"purpose\":\"energy-visits\"", "roster-exclusion")]
    [InlineData("energy-list.json", "\"unfilled\":0", "\"unfilled\":1", "unfilled")]
    [InlineData("by-rate.json", "\"secret\":\"2b", "\"secret\":\"2b ", "hex")]
    [InlineData("by-rate.json", "\"secret\":\"2b", "\"secret\":\"2", "hex")]
    [InlineData("by-rate.json", "\"secret\":\"2b", "\"secret\":\"xx", "hex")]
    [InlineData("by-rate.json", "\"rosterKey\":\"", "\"rosterKey\":\" ", "hex")]
    [InlineData("by-rate.json", "\"salts\":null", "\"salts\":[]", "public-form")]
    [InlineData("by-rate.json", "\"poolLeaves\":null", "\"poolLeaves\":[]", "public-form")]
    [InlineData("public.json", "\"index\":29", "\"index\":16", "withheld")]
    [InlineData("public.json", "\"index\":29", "\"index\":60", "withheld")]
    [InlineData("public.json", "\"ticket\":\"5c1e", "\"ticket\":\"5c", "withheld-ticket")]
    [InlineData("public.json", "\"ticket\":\"", "\"ticket\":\"ff", "round-1")]
    public async Task BothNameWhatIsChanged(string name, string from, string to, string part)
    {
        var text = await File.ReadAllTextAsync(PathOf(name), TestContext.Current.CancellationToken);
        var place = text.IndexOf(from, StringComparison.Ordinal);
        // A ticket is changed in its first digits, so that it stays one.
        var changed = from == "\"ticket\":\""
            ? string.Concat(text.AsSpan(0, place), to, text.AsSpan(place + from.Length + 2))
            : string.Concat(text.AsSpan(0, place), to, text.AsSpan(place + from.Length));
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(path, changed, TestContext.Current.CancellationToken);
        try
        {
            await using (var file = File.OpenRead(path))
                Assert.StartsWith(part, DrawVerifier.Verify(DrawJson.Read(file)).First?.Part, StringComparison.Ordinal);
            var (code, output) = await VerifierScript.RunAsync(path);
            Assert.Equal(3, code);
            Assert.Contains($"The record differs: {part}", output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("\"publicValues\":[\"02 11 13 20 26 31 + 07\"]", "\"publicValues\":null")]
    [InlineData("\"publicValues\":[\"02 11 13 20 26 31 + 07\"]", "\"publicValues\":\"07\"")]
    [InlineData("\"reason\":\"exempt\"}]", "\"reason\":null}]")]
    [InlineData("\"id\":\"product/N-1-0015\",\"reason\":\"exempt\"", "\"id\":\"product/N-1-0015\"")]
    [InlineData("\"policy\":", "\"purpose\":null,\"policy\":")]
    [InlineData("\"policy\":", "\"purpose\":\"raffle\",\"policy\":")]
    [InlineData("\"policy\":", "\"note\":\"x\",\"policy\":")]
    [InlineData("\"draw\":\"trial-2026-1\"", "\"draw\":\"trial-2026-1\",\"draw\":\"trial-2026-1\"")]
    [InlineData("\"eligible\":6", "\"eligible\":6.0")]
    [InlineData("\"eligible\":6", "\"eligible\":false")]
    [InlineData("\"eligible\":6", "\"eligible\":4294967296")]
    [InlineData("\"rate\":0.2", "\"rate\":\"0.2\"")]
    [InlineData("\"level\":\"national\"", "\"level\":\"National\"")]
    [InlineData("\"dueBy\":\"2026-06-07\"", "\"dueBy\":\"2026-06-31\"")]
    [InlineData("[\"factory/N-1-0001\",\"B\",", "[\"factory/N-1-0001\",")]
    [InlineData("[\"factory/N-1-0001\",\"B\",", "[null,\"B\",")]
    public async Task BothRefuseWhatIsNoRecord(string from, string to)
    {
        var text = await File.ReadAllTextAsync(PathOf("by-rate.json"), TestContext.Current.CancellationToken);
        var place = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(place >= 0, from);
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(path, string.Concat(text.AsSpan(0, place), to, text.AsSpan(place + from.Length)), TestContext.Current.CancellationToken);
        try
        {
            await using (var file = File.OpenRead(path))
                Assert.Throws<JsonException>(() => DrawJson.Read(file));
            var (code, output) = await VerifierScript.RunAsync(path);
            Assert.True(code == 2 && output.StartsWith("Not a record of a draw", StringComparison.Ordinal), output);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static DrawRecord Public()
    {
        var whole = new Sample { Roster = Sample.RosterOf(60), Pool = Sample.PoolOf(8), Rate = 0.2m }.Record(entity => entity.EndsWith('5') ? Drawable.Exempt : null);
        return whole.ToPublic(new HashSet<string> { whole.Rounds[0].Visits[0].Entities[0], whole.Rounds[0].Skipped[0].Id });
    }

    private static string PathOf(string name) => RepositoryFile.PathOf("docs", "draws", name);
}
