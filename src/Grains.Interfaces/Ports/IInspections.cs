namespace Supervision;

/// <summary>What is published of inspections: how often an enterprise is visited, and what may be checked.</summary>
public interface IInspections
{
    /// <summary>How often an enterprise is visited this year under each policy with a cap; null where it is not registered, or no enterprise.</summary>
    Task<InspectionFrequency?> FrequencyAsync(GrainId enterprise, CancellationToken cancellationToken);

    /// <summary>Every published item, those of policies first.</summary>
    IReadOnlyList<CheckItemView> Items { get; }
}

/// <summary>How often an enterprise is visited in a calendar year.</summary>
/// <param name="Enterprise">The enterprise, by the identity that it has by now.</param>
/// <param name="Year">The year.</param>
/// <param name="Made">Visits made, by whichever department.</param>
/// <param name="Caps">What counts against each cap.</param>
public sealed record InspectionFrequency(GrainId Enterprise, int Year, int Made, IReadOnlyList<CapView> Caps);

/// <summary>The visits that count against the cap of a policy.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Visits">How many are made, or planned and announced.</param>
/// <param name="Cap">How many the policy allows in a calendar year.</param>
/// <param name="Article">The article.</param>
public sealed record CapView(string Policy, int Visits, int Cap, string Article);

/// <summary>An item that may be checked; what its list leaves blank is null.</summary>
/// <param name="Id">By which an order names it.</param>
/// <param name="Policy">The policy that publishes it; null: it stands in a published list.</param>
/// <param name="List">The list, or null.</param>
/// <param name="Region">The region in which it is published; null: everywhere.</param>
/// <param name="Name">The item.</param>
/// <param name="SubItem">The part of it.</param>
/// <param name="Basis">The article or legal basis.</param>
/// <param name="Body">Who checks it.</param>
/// <param name="Target">Who is checked.</param>
/// <param name="Ratio">The sampling ratio, in the words of the list.</param>
/// <param name="Frequency">How often, in its words.</param>
/// <param name="Method">How, in its words.</param>
/// <param name="RemoteFirst">Whether papers and data suffice.</param>
/// <param name="Default">Whether an order under the policy that names no item has it.</param>
public sealed record CheckItemView(
    string Id, string? Policy, string? List, string? Region, string Name, string? SubItem, string Basis, string? Body, string? Target, string? Ratio, string? Frequency, string? Method,
    bool RemoteFirst, bool Default);
