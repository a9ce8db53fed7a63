using System.Text.Json;
using Orleans.Storage;

namespace Supervision.Silo.Orleans.Statistics;

/// <summary>How what Orleans stores for its own grains is written.</summary>
internal sealed class StateJson : IGrainStorageSerializer
{
    /// <inheritdoc/>
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input));

    /// <inheritdoc/>
    public T? Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input);
}
