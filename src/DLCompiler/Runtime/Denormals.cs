using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DLCompiler.Runtime;

/// <summary>
/// Flushes denormal numbers to zero on the current thread: as operands and results they cost a processor some hundred cycles each, 40 % of an Adam step at
/// batch 32.
/// .NET has no access to the control register, the C library has. Where it can't be done, and where a trial at start-up shows no effect, nothing happens.
/// </summary>
internal static unsafe partial class Denormals
{
    private const float SmallestNormal = 1.17549435e-38f;

    // For _controlfp_s: _MCW_DN and _DN_FLUSH.
    private const uint WindowsMask = 0x03000000, WindowsFlush = 0x01000000;

    private static readonly Access access = Detect();

    private enum Access
    {
        None,
        LinuxX64,
        LinuxArm64,
        MacArm64,
        Windows,
    }

    /// <summary>Whether flushing works here.</summary>
    public static bool IsSupported => access != Access.None;

    /// <summary>Starts flushing on this thread.</summary>
    /// <param name="saved">Receives the mode, for <c>Restore</c> on the same thread.</param>
    public static void Flush(out SavedMode saved) => Flush(access, out saved);

    /// <summary>Ends flushing: the thread's mode is what it was.</summary>
    public static void Restore(ref SavedMode saved) => Restore(access, ref saved);

    private static void Flush(Access how, out SavedMode saved)
    {
        Unsafe.SkipInit(out saved);
        switch (how)
        {
            // MXCSR is the environment's eighth word; flush-to-zero is bit 15 and denormals-are-zero bit 6.
            case Access.LinuxX64: FlushOnLinux(ref saved, 7, 0x8040); break;
            // FPCR is the first word; FZ is bit 24.
            case Access.LinuxArm64: FlushOnLinux(ref saved, 0, 1u << 24); break;
            case Access.MacArm64: FlushOnMac(ref saved); break;
            case Access.Windows: FlushOnWindows(ref saved); break;
        }
    }

    private static void Restore(Access how, ref SavedMode saved)
    {
        switch (how)
        {
            case Access.LinuxX64 or Access.LinuxArm64: RestoreOnLinux(ref saved); break;
            case Access.MacArm64: RestoreOnMac(ref saved); break;
            case Access.Windows: RestoreOnWindows(ref saved); break;
        }
    }

    // One method for each library and no inlining: compiling a call that suppresses the transition loads its library.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FlushOnLinux(ref SavedMode saved, int word, uint bits)
    {
        fixed (uint* environment = &saved.First)
        {
            Linux.GetEnvironment(environment);
            uint before = environment[word];
            environment[word] = before | bits;
            Linux.SetEnvironment(environment);
            environment[word] = before;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RestoreOnLinux(ref SavedMode saved)
    {
        fixed (uint* environment = &saved.First) Linux.SetEnvironment(environment);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FlushOnMac(ref SavedMode saved)
    {
        // Two 64-bit words: FPSR, FPCR.
        fixed (uint* environment = &saved.First)
        {
            Mac.GetEnvironment(environment);
            uint before = environment[2];
            environment[2] = before | 1u << 24;
            Mac.SetEnvironment(environment);
            environment[2] = before;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RestoreOnMac(ref SavedMode saved)
    {
        fixed (uint* environment = &saved.First) Mac.SetEnvironment(environment);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FlushOnWindows(ref SavedMode saved)
    {
        uint before, now;
        Windows.Control(&before, 0, 0);
        Windows.Control(&now, WindowsFlush, WindowsMask);
        saved.First = before;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RestoreOnWindows(ref SavedMode saved)
    {
        uint now;
        Windows.Control(&now, saved.First & WindowsMask, WindowsMask);
    }

    private static Access Detect()
    {
        var architecture = RuntimeInformation.ProcessArchitecture;
        var candidate =
            OperatingSystem.IsLinux() && architecture == Architecture.X64 ? Access.LinuxX64
            : OperatingSystem.IsLinux() && architecture == Architecture.Arm64 ? Access.LinuxArm64
            : OperatingSystem.IsMacOS() && architecture == Architecture.Arm64 ? Access.MacArm64
            : OperatingSystem.IsWindows() && architecture is Architecture.X64 or Architecture.Arm64 ? Access.Windows
            : Access.None;
        try
        {
            return candidate != Access.None && Works(candidate) ? candidate : Access.None;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library of another name (musl): steps run as they are.
            return Access.None;
        }
    }

    private static bool Works(Access candidate)
    {
        Flush(candidate, out var saved);
        bool flushed = Halve(SmallestNormal) == 0;
        Restore(candidate, ref saved);
        return flushed && Halve(SmallestNormal) != 0;
    }

    // Kept from being folded: the trial needs the processor's own answer.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Halve(float value) => value * 0.5f;

    /// <summary>
    /// A thread's floating-point environment. The longest among the supported systems has 28 bytes of x87 state and 4 of MXCSR; this is generous.
    /// </summary>
    [InlineArray(32)]
    public struct SavedMode
    {
        public uint First;
    }

    private static partial class Linux
    {
        [LibraryImport("libm.so.6", EntryPoint = "fegetenv"), SuppressGCTransition]
        public static partial int GetEnvironment(uint* environment);

        [LibraryImport("libm.so.6", EntryPoint = "fesetenv"), SuppressGCTransition]
        public static partial int SetEnvironment(uint* environment);
    }

    private static partial class Mac
    {
        [LibraryImport("libSystem.dylib", EntryPoint = "fegetenv"), SuppressGCTransition]
        public static partial int GetEnvironment(uint* environment);

        [LibraryImport("libSystem.dylib", EntryPoint = "fesetenv"), SuppressGCTransition]
        public static partial int SetEnvironment(uint* environment);
    }

    private static partial class Windows
    {
        [LibraryImport("ucrtbase.dll", EntryPoint = "_controlfp_s"), SuppressGCTransition]
        public static partial int Control(uint* current, uint value, uint mask);
    }
}
