namespace DLCompiler.Benchmarks.Models;

/// <summary>A product of a 256×256 matrix of weights.</summary>
[Model, Input("N", 256), Dense(256, Bias = false)]
public partial class Gemm256 : Sequential;

/// <summary>A product of a 512×512 matrix of weights.</summary>
[Model, Input("N", 512), Dense(512, Bias = false)]
public partial class Gemm512 : Sequential;

/// <summary>A product of a 1024×1024 matrix of weights.</summary>
[Model, Input("N", 1024), Dense(1024, Bias = false)]
public partial class Gemm1024 : Sequential;

/// <summary>A product of a 2048×2048 matrix of weights.</summary>
[Model, Input("N", 2048), Dense(2048, Bias = false)]
public partial class Gemm2048 : Sequential;
