namespace Supervision.Grains.Behaviour;

/// <summary>The enterprise that makes a product: its producer, or the enterprise behind the factory that is.</summary>
internal static class Producers
{
    /// <summary>Who makes it, as the relations of the product have it.</summary>
    public static GrainId? Of(GrainId id, GrainState.Subject? subject) => id.Kind == GrainKind.Product
        ? subject?.Relations.FirstOrDefault(relation => string.Equals(relation.Type, Relation.ProducerType, StringComparison.Ordinal))?.To ?? subject?.Enterprise
        : null;

    /// <summary>What else has to be known to get to the enterprise: that of a factory.</summary>
    public static GrainId? Next(GrainId id, GrainId known, GrainState? state) =>
        id.Kind == GrainKind.Product && known.Kind == GrainKind.Factory ? (state as GrainState.Subject)?.Enterprise : null;

    /// <summary>The grain of the enterprise, wherever merges have taken it.</summary>
    public static Draft Find(Draft product, Dictionary<GrainId, Draft> others)
    {
        var maker = Enterprises.Follow(product, others, Of(product.Id, product.Subject)!.Value);
        return maker.Id.Kind == GrainKind.Factory ? Enterprises.Follow(product, others, maker.Subject.Enterprise!.Value) : maker;
    }
}
