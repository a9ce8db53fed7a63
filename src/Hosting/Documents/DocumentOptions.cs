namespace Supervision.Hosting.Documents;

/// <summary>Bounds of documents.</summary>
public sealed class DocumentOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Documents";

    /// <summary>Most megabytes (of 1,048,576 bytes) of a document. Default: 32.</summary>
    public int DocumentMegabytesMax { get; set; } = 32;

    /// <summary>
    /// Most megabytes that a person who is no officer brings within 24 hours; officers have no bound. Higher ones let a key that fell
    /// into wrong hands fill the disk sooner. Default: 512.
    /// </summary>
    public int DayMegabytesMax { get; set; } = 512;

    /// <summary>
    /// Megabytes that have to stay free where documents lie: the silo's own database, which lies beside them, stops on a full disk.
    /// Default: 1,024.
    /// </summary>
    public int FreeMegabytesMin { get; set; } = 1024;

    /// <summary>Most bytes of a document.</summary>
    internal long DocumentBytesMax => (long)DocumentMegabytesMax << 20;
}
