using DLCompiler.Operations;

namespace DLCompiler;

public sealed partial class Tensor
{
    /// <summary>
    /// The maximum of each square window of images: [N, C, H, W] → [N, C, ⌊(H + 2·padding − size)/stride⌋ + 1, …]. Padding never wins; NaN in a window does.
    /// </summary>
    /// <param name="size">The window's height and width.</param>
    /// <param name="stride">The distance between windows; 0 stands for <paramref name="size"/>.</param>
    /// <param name="padding">Rows and columns added on each side; at most half the window's size.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ShapeMismatchException">The tensor doesn't have four axes, or the window is larger than the padded image.</exception>
    public Tensor MaxPool(int size, int stride = 0, int padding = 0) => new(Pooling.Max(Values, size, stride, padding));

    /// <summary>
    /// The mean of each square window of images: [N, C, H, W] → [N, C, ⌊(H + 2·padding − size)/stride⌋ + 1, …]. Padding counts as zeros.
    /// </summary>
    /// <param name="size">The window's height and width.</param>
    /// <param name="stride">The distance between windows; 0 stands for <paramref name="size"/>.</param>
    /// <param name="padding">Rows and columns of zeros added on each side; at most half the window's size.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ShapeMismatchException">The tensor doesn't have four axes, or the window is larger than the padded image.</exception>
    public Tensor AvgPool(int size, int stride = 0, int padding = 0) => new(Pooling.Average(Values, size, stride, padding));
}
