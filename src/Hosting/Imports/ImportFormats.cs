namespace Supervision.Hosting.Imports;

/// <summary>The formats that files may have.</summary>
internal static class ImportFormats
{
    /// <summary>The lists that the ministry publishes, of entities or of products.</summary>
    public const string NationalList = "national-list";

    /// <summary>The project's own.</summary>
    public const string Register = "register";

    /// <summary>Facts about enterprises, by credit code.</summary>
    public const string Vetoes = "vetoes";

    /// <summary>Inspectors, by their public service numbers.</summary>
    public const string Inspectors = "inspectors";

    /// <summary>The reader of a file by its first line.</summary>
    /// <exception cref="ImportRefusedException">The file has not the columns of its format.</exception>
    public static ListReader ReaderOf(string format, string? policy, ListHeader header) => format switch
    {
        Register => new RegisterRows(header),
        Vetoes => new VetoRows(header),
        Inspectors => new InspectorRows(header),
        NationalList when IsOfProducts(header) => new NationalProducts(header, policy!),
        NationalList => new NationalEntities(header, policy!),
        _ => throw new ImportRefusedException($"'{format}' is not a format; there are {NationalList}, {Register}, {Vetoes}, {Inspectors}.") { Field = "format" },
    };

    /// <summary>Whether rows get their keys by their places, so that a file of some of them has to bring the keys along.</summary>
    public static bool GivesKeys(string format, ListHeader header) =>
        format == NationalList && IsOfProducts(header) && header.PlaceOf(NationalProducts.EntityId) < 0;

    private static bool IsOfProducts(ListHeader header) => header.PlaceOf(NationalProducts.Product) >= 0 && header.PlaceOf(NationalProducts.Company) >= 0;
}
