namespace Supervision.Acceptance;

/// <summary>
/// An authority of each level, where it acts, and where it does not although it lies near. Regions are those of entities; an empty one is that of an
/// entity of which the list gives none.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Level">The level of its key.</param>
/// <param name="Regions">The regions of its key; empty: the ministry.</param>
/// <param name="Inside">Where it acts.</param>
/// <param name="Outside">Where it does not.</param>
internal sealed record AuthorityRow(string Name, string Level, string Regions, string[] Inside, string[] Outside)
{
    public static IReadOnlyList<AuthorityRow> All { get; } =
    [
        new("ministry", "national", "", ["", "430000", "430181", "440305", "659001", "660000"], []),
        // A province, and a planning city within it, which answers to no province.
        new("Hunan", "provincial", "430000", ["430000", "430100", "430181"], ["", "429004", "440100"]),
        new("Guangdong", "provincial", "440000", ["440100"], ["", "440305", "430181"]),
        new("Shenzhen", "provincial", "440300", ["440305"], ["", "440100", "430181"]),
        // The Corps has cities within Xinjiang.
        new("Xinjiang", "provincial", "650000", ["650100"], ["", "659001", "660000"]),
        new("Corps", "provincial", "660000", ["659001", "660000"], ["", "650100", "430000"]),
        // A city, a county below it that its province administers directly, and a county that lies in no city.
        new("Changsha", "municipal", "430100", ["430100", "430181"], ["", "430000", "430200", "440305"]),
        new("Liuyang", "municipal", "430181", ["430181"], ["", "430000", "430100", "430102"]),
        new("Xiantao", "municipal", "429004", ["429004"], ["", "420000", "429005"]),
    ];

    /// <summary>Who issues titles in a region, by level, and who verifies and decides a change of what has a title of the ministry there.</summary>
    public static IReadOnlyList<IssuingRow> Issuing { get; } =
    [
        new("", ["ministry"], [], [], ["ministry"], ["ministry"]),
        new("430000", ["ministry"], ["Hunan"], [], ["Hunan"], ["Hunan"]),
        new("430100", ["ministry"], ["Hunan"], ["Changsha"], ["Changsha"], ["Hunan"]),
        // Titles of the city are the city's; the county looks at changes beside it.
        new("430181", ["ministry"], ["Hunan"], ["Changsha"], ["Changsha", "Liuyang"], ["Hunan"]),
        new("429004", ["ministry"], [], ["Xiantao"], ["Xiantao"], []),
        new("440100", ["ministry"], ["Guangdong"], [], [], ["Guangdong"]),
        new("440305", ["ministry"], ["Shenzhen"], ["Shenzhen"], ["Shenzhen"], ["Shenzhen"]),
        new("650100", ["ministry"], ["Xinjiang"], [], [], ["Xinjiang"]),
        new("659001", ["ministry"], ["Corps"], [], [], ["Corps"]),
        new("660000", ["ministry"], ["Corps"], [], ["Corps"], ["Corps"]),
    ];
}

/// <summary>Of the authorities of the table, those that issue titles of each level in a region, and those that verify and decide changes there.</summary>
/// <param name="Region">The region.</param>
/// <param name="National">Who issues national titles.</param>
/// <param name="Provincial">Who issues provincial ones.</param>
/// <param name="Municipal">Who issues municipal ones.</param>
/// <param name="Verifies">Who verifies changes.</param>
/// <param name="Decides">Who decides them.</param>
internal sealed record IssuingRow(string Region, string[] National, string[] Provincial, string[] Municipal, string[] Verifies, string[] Decides)
{
    public IReadOnlyList<(string Level, string[] Issuers)> Levels => [("national", National), ("provincial", Provincial), ("municipal", Municipal)];
}
