using System.Security.Cryptography;
using System.Text;
using Supervision.Ledger.Keys;

namespace Supervision.Hosting.Webhooks;

/// <summary>
/// The key that secrets of subscriptions are encrypted with (AES-256-GCM). It lies in the data directory, outside the database and its backups, so that neither
/// gives a secret away, and is shared by the silos that share the directory.
/// </summary>
public sealed class SecretKey(string path)
{
    private const int KeyBytes = 32;

    private const int NonceBytes = 12;

    private const int TagBytes = 16;

    private byte[]? _key;

    /// <summary>Where it lies.</summary>
    public string Path => path;

    /// <summary>Whether it can be read.</summary>
    public bool IsThere => Read() is not null;

    /// <summary>Makes the key unless it is there. Of two silos that do so at once, both have the one that came first.</summary>
    public void Ensure()
    {
        if (Read() is null)
            KeyFile.Ensure(path, Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)) + "\n");
    }

    /// <summary>Encrypts a secret for one subscription; for another it cannot be decrypted.</summary>
    /// <exception cref="SecretsUnavailableException">The key is missing.</exception>
    public byte[] Encrypt(byte[] secret, string subscription)
    {
        ArgumentNullException.ThrowIfNull(secret);
        using var cipher = Cipher();
        var encrypted = new byte[NonceBytes + secret.Length + TagBytes];
        var nonce = encrypted.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        cipher.Encrypt(nonce, secret, encrypted.AsSpan(NonceBytes, secret.Length), encrypted.AsSpan(NonceBytes + secret.Length), Encoding.UTF8.GetBytes(subscription));
        return encrypted;
    }

    /// <summary>Decrypts a secret.</summary>
    /// <exception cref="SecretsUnavailableException">The key is missing, or is another one than the secret was encrypted with.</exception>
    public byte[] Decrypt(byte[] encrypted, string subscription)
    {
        ArgumentNullException.ThrowIfNull(encrypted);
        using var cipher = Cipher();
        var secret = new byte[encrypted.Length - NonceBytes - TagBytes];
        try
        {
            cipher.Decrypt(
                encrypted.AsSpan(0, NonceBytes), encrypted.AsSpan(NonceBytes, secret.Length), encrypted.AsSpan(NonceBytes + secret.Length), secret, Encoding.UTF8.GetBytes(subscription));
            return secret;
        }
        catch (AuthenticationTagMismatchException exception)
        {
            throw new SecretsUnavailableException($"{path} is not the key that the secret of {subscription} was encrypted with.", exception);
        }
    }

    private AesGcm Cipher() => new(
        Read() ?? throw new SecretsUnavailableException(
            $"{path} is missing, with which the secrets of subscriptions are encrypted. Put it back from where it was kept; if it is lost, delete the subscriptions and make them anew."),
        TagBytes);

    private byte[]? Read()
    {
        if (_key is not null)
            return _key;
        try
        {
            var key = Convert.FromBase64String(File.ReadAllText(path).Trim());
            return key.Length == KeyBytes ? _key = key : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }
}
