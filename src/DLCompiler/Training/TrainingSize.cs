using System.ComponentModel;

namespace DLCompiler.Runtime;

/// <summary>A size besides the batch that a data set gives: that of its samples.</summary>
/// <param name="Symbol">Its name in the model's shapes.</param>
/// <param name="Bound">The largest that the model is made for.</param>
/// <param name="Multiple">What it has to be a multiple of.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record TrainingSize(string Symbol, int Bound, int Multiple = 1);
