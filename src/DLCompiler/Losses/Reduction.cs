namespace DLCompiler;

/// <summary>What a loss makes of the losses of single elements or rows.</summary>
public enum Reduction
{
    /// <summary>Their mean; with weights of classes, the sum divided by the weights of the labels. PyTorch: <c>mean</c>.</summary>
    Mean,

    /// <summary>Their sum. PyTorch: <c>sum</c>.</summary>
    Sum,

    /// <summary>Themselves, in their own shape. PyTorch: <c>none</c>.</summary>
    None,

    /// <summary>Their sum divided by the number of samples, the first axis's size. PyTorch: <c>batchmean</c>.</summary>
    BatchMean,
}
