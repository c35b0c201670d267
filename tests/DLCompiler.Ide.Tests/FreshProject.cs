using System;
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace DLCompiler.Ide.Tests;

/// <summary>A project outside the repository that knows nothing but the package, which is packed for it.</summary>
internal sealed class FreshProject : IDisposable
{
    // No other package has this version: an older build in a folder that NuGet keeps is not found.
    private const string Version = "0.0.0-fresh";

    private readonly string root = Directory.CreateTempSubdirectory("dlcompiler-ide-").FullName;

    private FreshProject()
    {
    }

    /// <summary>The project's file.</summary>
    public string File => Path.Combine(root, "Fresh.csproj");

    /// <summary>Packs, writes the project with the given files, and restores it.</summary>
    public static async Task<FreshProject> CreateAsync(params (string Name, string Text)[] files)
    {
        var project = new FreshProject();
        string repository = Repository();
        await PackAsync(Path.Combine(repository, "src", "DLCompiler"), Path.Combine(project.root, "feed"));

        // The repository's choice of an SDK holds here too.
        System.IO.File.Copy(Path.Combine(repository, "global.json"), Path.Combine(project.root, "global.json"));
        project.Write("nuget.config",
            """
            <configuration>
              <packageSources>
                <clear />
                <add key="local" value="feed" />
                <add key="nuget.org" value="https://api.nuget.org/v3/index.json" />
              </packageSources>
              <packageSourceMapping>
                <packageSource key="local"><package pattern="DLCompiler" /></packageSource>
                <packageSource key="nuget.org"><package pattern="*" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """);
        project.Write("Fresh.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <RestorePackagesPath>packages</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="DLCompiler" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        foreach ((string name, string text) in files) project.Write(name, text);
        await Dotnet.RunAsync(project.root, "restore", "--nologo");
        return project;
    }

    /// <summary>The repository's folder.</summary>
    public static string Repository([CallerFilePath] string caller = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(caller)!, "..", ".."));

    public void Dispose()
    {
        try
        {
            Directory.Delete(root, recursive: true);
        }
        catch (UnauthorizedAccessException)
        {
            // Windows keeps the package's assemblies until the process ends: the system's folder for temporary files is not ours to clean then.
        }
    }

    // What is built already is packed as it is; where a framework was not built yet, packing builds it.
    private static async Task PackAsync(string library, string feed)
    {
        string configuration = typeof(FreshProject).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        string[] pack = ["pack", "-c", configuration, "-o", feed, "--nologo", $"-p:PackageVersion={Version}"];
        if (!(await Dotnet.TryAsync(library, [.. pack, "--no-build"])).Succeeded) await Dotnet.RunAsync(library, pack);
    }

    private void Write(string name, string text) => System.IO.File.WriteAllText(Path.Combine(root, name), text);
}
