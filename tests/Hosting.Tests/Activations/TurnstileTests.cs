using Supervision.Hosting.Activations;

namespace Supervision.Hosting.Tests.Activations;

/// <summary>Turns that are held may be added to without waiting, and all are given back together.</summary>
public sealed class TurnstileTests
{
    private static readonly GrainId One = Given.Factory("F-1");

    private static readonly GrainId Other = Given.Factory("F-2");

    private static readonly GrainId Third = Given.Factory("F-3");

    private readonly Turnstile _turnstile = new();

    [Fact]
    public async Task Free_turns_are_added_and_given_back_with_the_others()
    {
        var held = await _turnstile.EnterAsync(One);

        Assert.True(held.TryAdd([Other, One, Other]));
        Assert.False(_turnstile.TryEnter(Other, out _));
        Assert.True(_turnstile.TryEnter(Third, out var third));

        held.Dispose();
        third.Dispose();
        using var all = await _turnstile.EnterAsync(One, [Other, Third]);
        Assert.False(_turnstile.TryEnter(One, out _));
    }

    [Fact]
    public async Task A_turn_that_another_has_is_not_waited_for_and_what_was_added_before_it_is_given_back()
    {
        var held = await _turnstile.EnterAsync(One);
        using var third = await _turnstile.EnterAsync(Third);

        Assert.False(held.TryAdd([Other, Third]));

        held.Dispose();
        Assert.True(_turnstile.TryEnter(One, out var one));
        Assert.True(_turnstile.TryEnter(Other, out var other));
        Assert.False(_turnstile.TryEnter(Third, out _));
        one.Dispose();
        other.Dispose();
    }

    [Fact]
    public async Task Turns_are_given_back_once()
    {
        var held = await _turnstile.EnterAsync(One);
        held.Dispose();
        held.Dispose();

        using var again = await _turnstile.EnterAsync(One);
        Assert.False(_turnstile.TryEnter(One, out _));
    }
}
