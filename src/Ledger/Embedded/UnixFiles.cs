using System.Runtime.InteropServices;
using System.Text;

namespace Supervision.Ledger.Embedded;

/// <summary>Files with modes, and writes that survive a power cut.</summary>
internal static class UnixFiles
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode OwnerOnlyDirectory = OwnerOnly | UnixFileMode.UserExecute;
    public const UnixFileMode PassThroughDirectory = OwnerOnlyDirectory | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    public const UnixFileMode WorldReadable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    // F_SETFD and FD_CLOEXEC of fcntl.
    private const int SetDescriptorFlags = 2;
    private const int CloseOnExecute = 1;

    /// <summary>Replaces a file as a whole: a reader, or a kill in the middle, sees the old text or the new.</summary>
    public static void Write(string path, string text, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
            throw NotOnWindows();
        var draft = $"{path}.new";
        File.Delete(draft);
        using (var file = new FileStream(draft, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            SetMode(draft, mode);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Makes a file as a whole unless it is there. Of several that do so at once one succeeds, and all find what it wrote.</summary>
    public static void WriteNew(string path, string text, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
            throw NotOnWindows();
        var draft = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (var file = new FileStream(draft, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
            {
                file.Write(Encoding.UTF8.GetBytes(text));
                SetMode(draft, mode);
                file.Flush(flushToDisk: true);
            }

            // A move that must not replace looks first and moves then; a second name is made or refused at once.
            if (NativeLink(Encoding.UTF8.GetBytes($"{draft}\0"), Encoding.UTF8.GetBytes($"{path}\0")) != 0 && !File.Exists(path))
                throw new IOException($"{path} cannot be made (errno {Marshal.GetLastPInvokeError()}).");
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>Opens or makes a file that only its owner can open, so that nobody else can lock it, and locks it.</summary>
    /// <exception cref="IOException">Another process has it locked.</exception>
    public static FileStream OpenExclusively(string path)
    {
        if (OperatingSystem.IsWindows())
            throw NotOnWindows();
        return new FileStream(
            path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, UnixCreateMode = OwnerOnly });
    }

    /// <summary>Sets a mode whatever the umask is.</summary>
    public static void SetMode(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
            throw NotOnWindows();
        File.SetUnixFileMode(path, mode);
    }

    /// <summary>Makes a directory and the parents it lacks; those it makes are passable for others.</summary>
    public static void CreateDirectory(string path, UnixFileMode mode)
    {
        if (Directory.Exists(path))
            return;
        if (Path.GetDirectoryName(path) is { } parent)
            CreateDirectory(parent, PassThroughDirectory);
        Directory.CreateDirectory(path);
        SetMode(path, mode);
    }

    /// <summary>The first directory on the way to a path that others may not pass through.</summary>
    public static string? FirstClosedDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            throw NotOnWindows();
        var closed = default(string);
        for (var directory = path; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (!File.GetUnixFileMode(directory).HasFlag(UnixFileMode.OtherExecute))
                closed = directory;
        }

        return closed;
    }

    /// <summary>A path without symbolic links, so that the same directory always has the same name.</summary>
    public static string Resolve(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent)
            return full;
        return new DirectoryInfo(full) is { LinkTarget: not null } link && link.ResolveLinkTarget(returnFinalTarget: true) is { } target
            ? Resolve(target.FullName)
            : Path.Combine(Resolve(parent), Path.GetFileName(full));
    }

    /// <summary>Makes a rename inside a directory durable; .NET opens no directories.</summary>
    public static void SyncDirectory(string path)
    {
        var descriptor = NativeOpen(Encoding.UTF8.GetBytes($"{path}\0"), flags: 0);
        if (descriptor < 0)
            throw new IOException($"{path} cannot be opened to sync it (errno {Marshal.GetLastPInvokeError()}).");
        var failed = NativeSync(descriptor) != 0;
        var error = Marshal.GetLastPInvokeError();
        _ = NativeClose(descriptor);
        if (failed)
            throw new IOException($"{path} cannot be synced (errno {error}).");
    }

    /// <summary>
    /// Keeps descriptors that we inherited from whoever started us from going on to the programs we start: a server
    /// that holds the end of a pipe keeps its reader waiting. What .NET opens is never passed on.
    /// </summary>
    public static void KeepDescriptors()
    {
        if (!OperatingSystem.IsLinux())
            return;
        foreach (var entry in Directory.GetFileSystemEntries("/proc/self/fd"))
        {
            // Fails for the one that listed the directory, which is closed by now.
            if (int.TryParse(Path.GetFileName(entry), out var descriptor) && descriptor > 2)
                _ = NativeControl(descriptor, SetDescriptorFlags, CloseOnExecute);
        }
    }

    private static PlatformNotSupportedException NotOnWindows() =>
        new("The embedded PostgreSQL runs on Linux and macOS; set ConnectionStrings:Supervision to use a server of your own.");

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeOpen(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeLink(byte[] path, byte[] name);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeSync(int descriptor);

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeControl(int descriptor, int command, int argument);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeClose(int descriptor);
}
