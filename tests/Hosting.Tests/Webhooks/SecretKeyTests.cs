using Supervision.Hosting.Webhooks;

namespace Supervision.Hosting.Tests.Webhooks;

/// <summary>Secrets in the database cannot be read without the key beside it.</summary>
public sealed class SecretKeyTests : IDisposable
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(value => (byte)value)];

    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"supervision-key-{Guid.NewGuid():N}");

    private string File => Path.Combine(_directory, "webhooks.key");

    public void Dispose()
    {
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public void Silos_that_share_the_directory_share_the_key()
    {
        var keys = Enumerable.Range(0, 8).Select(_ => new SecretKey(File)).ToList();
        Parallel.ForEach(keys, key => key.Ensure());

        var encrypted = keys[0].Encrypt(Secret, "sub-1");

        Assert.All(keys, key => Assert.Equal(Secret, key.Decrypt(encrypted, "sub-1")));
        Assert.Equal([File], Directory.GetFiles(_directory));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public void A_secret_is_for_one_subscription_and_never_encrypted_alike()
    {
        var key = new SecretKey(File);
        key.Ensure();

        var encrypted = key.Encrypt(Secret, "sub-1");

        Assert.NotEqual(encrypted, key.Encrypt(Secret, "sub-1"));
        Assert.Throws<SecretsUnavailableException>(() => key.Decrypt(encrypted, "sub-2"));
    }

    [Fact]
    public void Without_the_key_or_with_another_one_it_is_said_so()
    {
        var first = new SecretKey(File);
        first.Ensure();
        var encrypted = first.Encrypt(Secret, "sub-1");
        System.IO.File.Delete(File);

        Assert.False(new SecretKey(File).IsThere);
        Assert.Contains(File, Assert.Throws<SecretsUnavailableException>(() => new SecretKey(File).Decrypt(encrypted, "sub-1")).Message, StringComparison.Ordinal);
        var other = new SecretKey(File);
        other.Ensure();
        Assert.Throws<SecretsUnavailableException>(() => other.Decrypt(encrypted, "sub-1"));
    }
}
