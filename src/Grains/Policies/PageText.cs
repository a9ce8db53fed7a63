using System.Text;

namespace Supervision.Grains.Policies;

/// <summary>Headings, paragraphs and tables of a page in Markdown, each apart from the one before by an empty line.</summary>
internal sealed class PageText
{
    private readonly StringBuilder _text = new();

    public void Heading(int depth, string text) => Block($"{new string('#', depth)} {text}");

    public void Paragraph(string text) => Block(text);

    /// <summary>What is ruled, with figure and article; what a policy does not have is null and left out.</summary>
    public void Rules(params (string What, string Figure, string Article)?[] rules) => Table(
        ["rule", "figure", "article"], rules.OfType<(string What, string Figure, string Article)>().Select(rule => new[] { rule.What, rule.Figure, rule.Article }));

    /// <summary>A table; none without rows. A column that is empty in every row is left out.</summary>
    public void Table(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
            return;
        var columns = Enumerable.Range(0, header.Count).Where(column => all.Any(row => row[column].Length > 0)).ToList();
        Block(string.Join('\n', all.Prepend([.. columns.Select(_ => "---")]).Prepend(header).Select((row, i) => Line(i == 1 ? row : [.. columns.Select(column => row[column])]))));
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static string Line(IEnumerable<string> cells) =>
        $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |";

    private void Block(string text) => _text.Append(_text.Length == 0 ? "" : "\n").Append(text).Append('\n');
}
