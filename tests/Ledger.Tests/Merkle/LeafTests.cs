using System.Security.Cryptography;
using System.Text;
using Supervision.Ledger.Merkle;

namespace Supervision.Ledger.Tests.Merkle;

public sealed class LeafTests
{
    private static readonly GrainId Factory = GrainId.Of(GrainKind.Factory, "N-1-F-0001");
    private static readonly DateTimeOffset At = new(2017, 3, 1, 9, 5, 7, 8, TimeSpan.FromHours(8));

    [Fact]
    public void The_bytes_are_part_of_the_contract()
    {
        var command = new Guid("00112233-4455-6677-8899-aabbccddeeff");

        Assert.Equal(
            """{"grain":"factory/N-1-F-0001","version":3,"type":"entity.registered","at":"2017-03-01T01:05:07.008Z","effectiveOn":"2017-03-01","actor":"p-1","command":"00112233-4455-6677-8899-aabbccddeeff","data":{"name":"绿色\"工厂\" <&>","region":"430100"}}""",
            Encoding.UTF8.GetString(Leaf.Write(
                Factory, 3, "entity.registered", At, new DateOnly(2017, 3, 1), "p-1", command, """{"name":"绿色\"工厂\" <&>","region":"430100"}"""u8)));
        Assert.Equal(
            """{"grain":"factory/N-1-F-0001","version":1,"type":"check.overdue","at":"2017-03-01T01:05:07.008Z","effectiveOn":"0001-01-01","actor":"system","data":{}}""",
            Encoding.UTF8.GetString(Leaf.Write(Factory, 1, "check.overdue", At, default, "system", null, "{}"u8)));
    }

    [Fact]
    public void The_hash_is_that_of_RFC_6962() =>
        Assert.Equal(
            SHA256.HashData([0, .. Leaf.Write(Factory, 1, "check.overdue", At, default, "system", null, "{}"u8)]),
            Leaf.Hash(Factory, 1, "check.overdue", At, default, "system", null, "{}"u8));

    [Fact]
    public void A_leaf_longer_than_an_entry_may_be_is_refused()
    {
        var around = Leaf.Write(Factory, 1, "t", At, default, "a", null, "1"u8).Length;
        var longest = Encoding.UTF8.GetBytes(new string('1', Leaf.LengthMax - around + 1));

        Assert.Equal(Leaf.LengthMax, Leaf.Write(Factory, 1, "t", At, default, "a", null, longest).Length);
        Assert.Throws<LeafTooLongException>(() => Leaf.Hash(Factory, 1, "t", At, default, "a", null, [.. longest, (byte)'1']));
        // The writer is not left in a state that spoils the next leaf.
        Assert.Equal(around, Leaf.Write(Factory, 1, "t", At, default, "a", null, "1"u8).Length);
    }
}
