using System.Collections;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Supervision.Hosting.Activations;
using Supervision.Silo.Orleans.Cluster;
using Supervision.Silo.Orleans.Wire;

namespace Supervision.Silo.Orleans.Tests;

/// <summary>What travels between silos arrives whole.</summary>
public sealed class WireTests : IDisposable
{
    private readonly ServiceProvider _services =
        new ServiceCollection().AddSerializer(serializer => serializer.AddAssembly(typeof(OrleansHosting).Assembly)).BuildServiceProvider();

    private Serializer Serializer => _services.GetRequiredService<Serializer>();

    public static TheoryData<Type> Commands => [.. typeof(GrainCommand).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(GrainCommand)))];

    public static TheoryData<Type> Rejections => [.. typeof(Rejection).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(Rejection)))];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_arrives_as_it_was_sent(Type type)
    {
        var command = (GrainCommand)Sample.Of(type, nameof(GrainCommand));
        var context = (CommandContext)Sample.Of(typeof(CommandContext), nameof(CommandContext));

        var arrived = RoundTrip(new CommandMessage(command, context, 7));

        Assert.IsType(type, arrived.Command);
        Assert.Equal([], Sample.Differences(command, arrived.Command, type.Name));
        Assert.Equal([], Sample.Differences(context, arrived.Context, nameof(CommandContext)));
        Assert.Equal(7, arrived.ReferredSeq);
    }

    [Theory]
    [MemberData(nameof(Rejections))]
    public void Every_rejection_arrives_as_it_was_given(Type type)
    {
        var rejection = (Rejection)Sample.Of(type, nameof(Rejection));

        var arrived = RoundTrip(CommandReply.Of(new GrainOutcome(CommandStatus.Rejected, rejection, null, null, 3, []))).Outcome!;

        Assert.IsType(type, arrived.Rejection);
        Assert.Equal([], Sample.Differences(rejection, arrived.Rejection, type.Name));
    }

    [Fact]
    public void An_outcome_arrives_with_its_grain_and_says_that_it_comes_from_elsewhere()
    {
        var factory = Given.Factory("F-1");
        var state = LedgerJson.ReadState("""{"of":"rules","version":2,"hash":"00"}"""u8);
        var outcome = new GrainOutcome(CommandStatus.Accepted, null, Activation.Of(factory, state, 4, 90), "checks/check-1", 91, [new WrittenGrain(factory, 4, 90)]);

        var arrived = RoundTrip(CommandReply.Of(outcome));

        Assert.True(arrived.IsForeign);
        Assert.Null(arrived.Unavailability);
        Assert.Equal(outcome with { Grain = null, Written = [] }, arrived.Outcome! with { Grain = null, Written = [] });
        Assert.Equal(outcome.Written, arrived.Outcome.Written);
        Assert.Equal((factory, 4, 90), (arrived.Outcome.Grain!.Grain, arrived.Outcome.Grain.Version, arrived.Outcome.Grain.LastSeq));
        Assert.Equal(LedgerJson.Write(state), LedgerJson.Write(arrived.Outcome.Grain.State!));
    }

    [Fact]
    public void That_the_ledger_takes_nothing_arrives_with_the_time_to_wait()
    {
        var arrived = RoundTrip(CommandReply.Of(new LedgerUnavailableException("full") { RetryAfterSeconds = 9 }));

        Assert.Null(arrived.Outcome);
        Assert.Equal(new Unavailability("full", 9), arrived.Unavailability);
    }

    public void Dispose() => _services.Dispose();

    private T RoundTrip<T>(T message) => Serializer.Deserialize<T>(Serializer.SerializeToArray(message))!;
}

/// <summary>Samples of contracts with every member filled, and how two of them differ, members that the ledger leaves out included.</summary>
internal static class Sample
{
    private static readonly DateTimeOffset Instant = new(2026, 5, 1, 1, 2, 3, TimeSpan.Zero);

    public static object Of(Type type, string name)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(string) ? $"{name} 𠮷 \"'\\"
            : plain == typeof(bool) ? true
            : plain == typeof(int) ? 41
            : plain == typeof(long) ? 42L
            : plain == typeof(decimal) ? 91.50m
            : plain == typeof(double) ? 0.1
            : plain == typeof(Guid) ? new Guid("6e6174f0-6c69-4373-8000-000000002121")
            : plain == typeof(DateOnly) ? new DateOnly(2026, 5, 1)
            : plain == typeof(DateTimeOffset) ? Instant
            : plain == typeof(byte[]) ? new byte[] { 1, 2, 3 }
            : plain == typeof(GrainId) ? Given.Factory("F-7")
            : plain == typeof(GrainKind) ? GrainKind.Product
            : plain == typeof(Rejection) ? new Rejection.CaseNotFound("case-1")
            : plain.IsEnum ? Enum.GetValues(plain).Cast<object>().Last()
            : ListOf(plain) is { } element ? FilledList(element, name)
            : Filled(plain);
    }

    public static IEnumerable<string> Differences(object? sent, object? arrived, string path)
    {
        if (sent is null || arrived is null)
            return sent is null && arrived is null ? [] : [$"{path}: {sent ?? "null"} became {arrived ?? "null"}"];
        if (sent.GetType() is var type && (type.IsPrimitive || type.IsEnum || sent is string or decimal or Guid or DateOnly or DateTimeOffset or GrainId or GrainKind))
            return sent.Equals(arrived) ? [] : [$"{path}: {sent} became {arrived}"];
        if (sent is IEnumerable items)
        {
            var (before, after) = (items.Cast<object>().ToList(), ((IEnumerable)arrived).Cast<object>().ToList());
            return before.Count != after.Count
                ? [$"{path}: {before.Count} became {after.Count}"]
                : before.Zip(after).SelectMany((pair, place) => Differences(pair.First, pair.Second, $"{path}[{place}]"));
        }

        return Members(type).SelectMany(member => Differences(member.GetValue(sent), member.GetValue(arrived), $"{path}.{member.Name}"));
    }

    private static object Filled(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(candidate => candidate.GetParameters().Length).First();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType, parameter.Name!))]);
        foreach (var member in Members(type).Where(member => member.SetMethod is { IsPublic: true }))
            member.SetValue(made, Of(member.PropertyType, member.Name));
        return made;
    }

    private static Array FilledList(Type element, string name)
    {
        var list = Array.CreateInstance(element, 2);
        for (var i = 0; i < list.Length; i++)
            list.SetValue(Of(element, name), i);
        return list;
    }

    private static Type? ListOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static IEnumerable<PropertyInfo> Members(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(member => member.GetIndexParameters().Length == 0);
}
