using System.Reflection;

namespace Supervision.Api.OpenApi;

/// <summary>The codes of everything that grains refuse, for the description.</summary>
internal static class RejectionCodes
{
    /// <summary>Every code, in alphabetical order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. typeof(Rejection).GetNestedTypes()
            .Where(type => type.IsSubclassOf(typeof(Rejection)) && type != typeof(Rejection.Recorded))
            .Select(type => ((Rejection)Example(type)!).Code)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Any value of a type: a code does not depend on what a rejection is about.</summary>
    private static object? Example(Type type)
    {
        if (type == typeof(string))
            return "";
        if (type.IsValueType)
            return Nullable.GetUnderlyingType(type) is null ? Activator.CreateInstance(type) : null;
        var constructor = type.GetConstructors().OrderByDescending(candidate => candidate.GetParameters().Length).FirstOrDefault();
        return constructor?.Invoke([.. constructor.GetParameters().Select(Example)]);
    }

    private static object? Example(ParameterInfo parameter) => Example(parameter.ParameterType);
}
