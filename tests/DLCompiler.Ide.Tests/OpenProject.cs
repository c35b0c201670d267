using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.MSBuild;
using Xunit;

namespace DLCompiler.Ide.Tests;

/// <summary>The fresh project, loaded once as an IDE loads it: MSBuild says what its files, references, analyzers and properties are.</summary>
public sealed class OpenProject : IAsyncLifetime
{
    // Hover and completion, beside what all workspaces have.
    private static readonly IEnumerable<Assembly> services =
        MefHostServices.DefaultAssemblies.Concat([Assembly.Load("Microsoft.CodeAnalysis.Features"), Assembly.Load("Microsoft.CodeAnalysis.CSharp.Features")]);

    private readonly MSBuildWorkspace workspace = MSBuildWorkspace.Create(MefHostServices.Create(services.Distinct()));
    private FreshProject? fresh;
    private Editor? editor;

    /// <summary>The project as it stands on the disk.</summary>
    internal Editor Editor => editor ?? throw new InvalidOperationException("The project is not open yet.");

    public async Task InitializeAsync()
    {
        fresh = await FreshProject.CreateAsync(("LeNet5.cs", Sources.LeNet5), ("Program.cs", Sources.Program));
        Project project = await workspace.OpenProjectAsync(fresh.File);
        Assert.Empty(workspace.Diagnostics.Select(diagnostic => diagnostic.Message));
        editor = new Editor(project);
    }

    public Task DisposeAsync()
    {
        workspace.Dispose();
        fresh?.Dispose();
        return Task.CompletedTask;
    }
}

/// <summary>Tests that look at the same open project.</summary>
[CollectionDefinition(Name)]
public sealed class OpenProjectCollection : ICollectionFixture<OpenProject>
{
    public const string Name = "open project";
}
