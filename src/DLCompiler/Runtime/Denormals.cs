using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DLCompiler.Runtime;

/// <summary>
/// Flushes denormal numbers to zero on the current thread: as operands and results they cost a processor some hundred cycles each, 40 % of an Adam step at batch 32.
/// .NET has no access to the control register, the C library has. Where it can't be done, and where a trial at start-up shows no effect, nothing happens.
/// </summary>
internal static unsafe partial class Denormals
{
    // Longest floating-point environment among the supported systems: 28 bytes of x87 state and 4 of MXCSR on x64 Linux. The buffer is generous.
    private const int EnvironmentWords = 32;

    private const float SmallestNormal = 1.17549435e-38f;

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

    /// <summary>Starts flushing on this thread; hand the result to <see cref="Restore"/> on the same thread.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static uint Flush() => access == Access.None ? 0 : Exchange(access, flush: true, previous: 0);

    /// <summary>Ends flushing: the thread's mode is what it was.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Restore(uint previous)
    {
        if (access != Access.None) Exchange(access, flush: false, previous);
    }

    // Sets flushing, or what was before; returns what was before. One method for each library: compiling a call that suppresses the transition loads its library.
    private static uint Exchange(Access how, bool flush, uint previous) => how switch
    {
        // MXCSR is the environment's eighth word; flush-to-zero is bit 15 and denormals-are-zero bit 6.
        Access.LinuxX64 => ExchangeOnLinux(7, 0x8040, flush, previous),
        // FPCR is the first word; FZ is bit 24.
        Access.LinuxArm64 => ExchangeOnLinux(0, 1u << 24, flush, previous),
        Access.MacArm64 => ExchangeOnMac(flush, previous),
        _ => ExchangeOnWindows(flush, previous),
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint ExchangeOnLinux(int word, uint bits, bool flush, uint previous)
    {
        uint* environment = stackalloc uint[EnvironmentWords];
        Linux.GetEnvironment(environment);
        uint before = environment[word];
        environment[word] = flush ? before | bits : previous;
        Linux.SetEnvironment(environment);
        return before;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint ExchangeOnMac(bool flush, uint previous)
    {
        // Two 64-bit words: FPSR, FPCR.
        uint* environment = stackalloc uint[EnvironmentWords];
        Mac.GetEnvironment(environment);
        uint before = environment[2];
        environment[2] = flush ? before | 1u << 24 : previous;
        Mac.SetEnvironment(environment);
        return before;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint ExchangeOnWindows(bool flush, uint previous)
    {
        // _controlfp_s: mask _MCW_DN, value _DN_FLUSH.
        const uint mask = 0x03000000;
        uint before, now;
        Windows.Control(&before, 0, 0);
        Windows.Control(&now, flush ? 0x01000000 : previous, mask);
        return before & mask;
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
        uint previous = Exchange(candidate, flush: true, previous: 0);
        bool flushed = Halve(SmallestNormal) == 0;
        Exchange(candidate, flush: false, previous);
        return flushed && Halve(SmallestNormal) != 0;
    }

    // Kept from being folded: the trial needs the processor's own answer.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Halve(float value) => value * 0.5f;

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
