using System.IO;

namespace Quickstart;

/// <summary>What the command line asks for.</summary>
/// <param name="Data">A folder with MNIST's four IDX files; null for the embedded digits.</param>
/// <param name="Model">The name of the network.</param>
/// <param name="Epochs">Passes over the training images.</param>
/// <param name="Batch">Images in a step.</param>
/// <param name="Threads">Threads of a step.</param>
/// <param name="Seed">Fixes the initial parameters, dropout and shuffling.</param>
internal sealed record Options(DirectoryInfo? Data, string Model, int Epochs, int Batch, int Threads, ulong Seed);
