using System.Runtime.CompilerServices;
using System.Text;

namespace Supervision.Hosting.Imports;

/// <summary>Writes entities page by page, so that a million of them need no more memory than a page.</summary>
public sealed class RegisterExport : IExports
{
    private const int PageEntities = 500;

    private static readonly ReadOnlyMemory<byte> LineEnd = "\n"u8.ToArray();

    /// <inheritdoc/>
    public async Task WriteCsvAsync(IRegister register, EntityFilter filter, Stream to, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        var line = new StringBuilder();
        CsvLine.AppendRow(line, [.. RegisterColumn.All]);
        await foreach (var page in PagesAsync(register, filter, cancellationToken))
        {
            var enterprises = await NamesAsync(register, page, cancellationToken);
            foreach (var entity in page)
            {
                // What follows from another title does so wherever that one is imported.
                foreach (var title in entity.View.Titles.Where(title => title.DerivedFrom is null).DefaultIfEmpty())
                    CsvLine.AppendRow(line, CellsOf(entity.View, title, enterprises));
            }

            await writer.WriteAsync(line, cancellationToken);
            line.Clear();
        }

        await writer.WriteAsync(line, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task WriteNdjsonAsync(IRegister register, EntityFilter filter, Stream to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(to);
        await foreach (var page in PagesAsync(register, filter, cancellationToken))
        {
            foreach (var entity in page)
            {
                await to.WriteAsync(entity.Json, cancellationToken);
                await to.WriteAsync(LineEnd, cancellationToken);
            }

            await to.FlushAsync(cancellationToken);
        }
    }

    private static async IAsyncEnumerable<IReadOnlyList<EntitySnapshot>> PagesAsync(
        IRegister register, EntityFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        GrainId? after = null;
        while (true)
        {
            var page = await register.ListAsync(filter, after, PageEntities, cancellationToken);
            if (page.Items.Count > 0)
                yield return page.Items;
            if (!page.HasMore || page.Items.Count == 0)
                yield break;
            after = page.Items[^1].View.Id;
        }
    }

    /// <summary>The names of the enterprises behind a page of entities.</summary>
    private static async Task<Dictionary<GrainId, string>> NamesAsync(IRegister register, IReadOnlyList<EntitySnapshot> page, CancellationToken cancellationToken)
    {
        var names = new Dictionary<GrainId, string>();
        foreach (var id in page.Select(entity => EnterpriseOf(entity.View)).OfType<GrainId>().Distinct())
        {
            if (await register.FindAsync(id, cancellationToken) is { } enterprise)
                names[id] = enterprise.View.Name;
        }

        return names;
    }

    private static GrainId? EnterpriseOf(EntityView entity) => entity.Relations.FirstOrDefault(IsEnterprise)?.To;

    private static bool IsEnterprise(Relation relation) => string.Equals(relation.Type, Relation.EnterpriseType, StringComparison.Ordinal);

    /// <summary>The cells in the order of <see cref="RegisterColumn.All"/>.</summary>
    private static string[] CellsOf(EntityView entity, TitleView? title, Dictionary<GrainId, string> enterprises)
    {
        var enterprise = EnterpriseOf(entity);
        return
        [
            entity.Kind, entity.Key, entity.Name, string.Join(RegisterColumn.Between, entity.Aliases), entity.Region ?? "", entity.Industry ?? "",
            entity.RiskClass ?? "", enterprise?.Key ?? "", enterprise is { } id ? enterprises.GetValueOrDefault(id, "") : "",
            string.Join(RegisterColumn.Between, entity.Relations.Where(relation => !IsEnterprise(relation)).Select(relation => $"{relation.Type}:{relation.To}")),
            title?.Policy ?? "", title?.Honour ?? "", title is null ? "" : KebabCase<Level>.Word(title.Level), title?.Certificate ?? "",
            title?.GrantedOn.ToString("yyyy-MM-dd") ?? "", title?.Evaluator ?? "", title?.Batch ?? "",
            title is null ? "" : KebabCase<TitleStatus>.Word(title.Status),
        ];
    }
}
