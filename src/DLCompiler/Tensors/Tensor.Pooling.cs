using DLCompiler.Operations;

namespace DLCompiler;

public sealed partial class Tensor
{
    /// <summary>
    /// The maximum of each square window of images: [N, C, H, W] → [N, C, ⌊(H + 2·padding − size)/stride⌋ + 1, …]. Padding never wins; NaN in a window does.
    /// PyTorch: <c>MaxPool2d</c>; Keras: <c>MaxPooling2D</c>.
    /// </summary>
    /// <param name="size">The window's height and width.</param>
    /// <param name="stride">The distance between windows; 0 stands for <paramref name="size"/>.</param>
    /// <param name="padding">Rows and columns added on each side; at most half the window's size.</param>
    /// <param name="ceilMode">Whether a last window that starts inside may reach beyond the padding, so that the result's size is rounded up.</param>
    /// <param name="same">
    /// Whether as much is padded as gives ⌈H/stride⌉ windows, an odd row after the last one, as Keras' <c>padding="same"</c>; it never counts.
    /// </param>
    /// <exception cref="System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="System.ArgumentException">There is padding, or ceilMode, beside same.</exception>
    /// <exception cref="ShapeMismatchException">The tensor doesn't have four axes, or the window is larger than the padded image.</exception>
    public Tensor MaxPool(int size, int stride = 0, int padding = 0, bool ceilMode = false, bool same = false) =>
        new(Pooling.Max(Values, size, stride, padding, ceilMode, same));

    /// <summary>
    /// The mean of each square window of images: [N, C, H, W] → [N, C, ⌊(H + 2·padding − size)/stride⌋ + 1, …]. PyTorch: <c>AvgPool2d</c>; Keras:
    /// <c>AveragePooling2D</c>.
    /// </summary>
    /// <param name="size">The window's height and width.</param>
    /// <param name="stride">The distance between windows; 0 stands for <paramref name="size"/>.</param>
    /// <param name="padding">Rows and columns of zeros added on each side; at most half the window's size.</param>
    /// <param name="ceilMode">Whether a last window that starts inside may reach beyond the padding, so that the result's size is rounded up.</param>
    /// <param name="same">
    /// Whether as much is padded as gives ⌈H/stride⌉ windows, an odd row after the last one, as Keras' <c>padding="same"</c>; it never counts.
    /// </param>
    /// <param name="countPadding">Whether an average's divisor counts padding, which is zeros; what ceilMode adds never counts.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="System.ArgumentException">There is padding, or ceilMode, beside same.</exception>
    /// <exception cref="ShapeMismatchException">The tensor doesn't have four axes, or the window is larger than the padded image.</exception>
    public Tensor AvgPool(int size, int stride = 0, int padding = 0, bool ceilMode = false, bool same = false, bool countPadding = true) =>
        new(Pooling.Average(Values, size, stride, padding, ceilMode, same, countPadding));

    /// <summary>
    /// The maximum of each window of sequences: [N, C, L] → [N, C, ⌊(L + 2·padding − size)/stride⌋ + 1]. Padding never wins; NaN in a window does. PyTorch:
    /// <c>MaxPool1d</c>; Keras: <c>MaxPooling1D</c>.
    /// </summary>
    /// <param name="size">The window's length.</param>
    /// <param name="stride">The distance between windows; 0 stands for <paramref name="size"/>.</param>
    /// <param name="padding">Elements added on each side; at most half the window's size.</param>
    /// <param name="ceilMode">Whether a last window that starts inside may reach beyond the padding, so that the result's size is rounded up.</param>
    /// <param name="same">
    /// Whether as much is padded as gives ⌈L/stride⌉ windows, an odd element after the last one, as Keras' <c>padding="same"</c>; it never counts.
    /// </param>
    /// <exception cref="System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="System.ArgumentException">There is padding, or ceilMode, beside same.</exception>
    /// <exception cref="ShapeMismatchException">The tensor doesn't have three axes, or the window is larger than the padded sequence.</exception>
    public Tensor MaxPool1D(int size, int stride = 0, int padding = 0, bool ceilMode = false, bool same = false) =>
        new(Pooling.LineMax(Values, size, stride, padding, ceilMode, same));

    /// <summary>
    /// The mean of each window of sequences: [N, C, L] → [N, C, ⌊(L + 2·padding − size)/stride⌋ + 1]. PyTorch: <c>AvgPool1d</c>; Keras:
    /// <c>AveragePooling1D</c>.
    /// </summary>
    /// <param name="size">The window's length.</param>
    /// <param name="stride">The distance between windows; 0 stands for <paramref name="size"/>.</param>
    /// <param name="padding">Zeros added on each side; at most half the window's size.</param>
    /// <param name="ceilMode">Whether a last window that starts inside may reach beyond the padding, so that the result's size is rounded up.</param>
    /// <param name="same">
    /// Whether as much is padded as gives ⌈L/stride⌉ windows, an odd element after the last one, as Keras' <c>padding="same"</c>; it never counts.
    /// </param>
    /// <param name="countPadding">Whether an average's divisor counts padding, which is zeros; what ceilMode adds never counts.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="System.ArgumentException">There is padding, or ceilMode, beside same.</exception>
    /// <exception cref="ShapeMismatchException">The tensor doesn't have three axes, or the window is larger than the padded sequence.</exception>
    public Tensor AvgPool1D(int size, int stride = 0, int padding = 0, bool ceilMode = false, bool same = false, bool countPadding = true) =>
        new(Pooling.LineAverage(Values, size, stride, padding, ceilMode, same, countPadding));

    /// <summary>
    /// The maximum of each of as many windows of images as are asked for: [N, C, H, W] → [N, C, height, width]. Window i goes from
    /// row ⌊i·H/height⌋ to ⌈(i + 1)·H/height⌉, without the last. PyTorch: <c>AdaptiveMaxPool2d</c>.
    /// </summary>
    /// <param name="height">The windows of a column.</param>
    /// <param name="width">The windows of a row; 0 stands for <paramref name="height"/>.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ShapeMismatchException">The tensor doesn't have four axes.</exception>
    public Tensor AdaptiveMaxPool(int height, int width = 0) => new(Pooling.AdaptiveMax(Values, height, width));

    /// <summary>
    /// The mean of each of as many windows of images as are asked for: [N, C, H, W] → [N, C, height, width]. Window i goes from
    /// row ⌊i·H/height⌋ to ⌈(i + 1)·H/height⌉, without the last. PyTorch: <c>AdaptiveAvgPool2d</c>.
    /// </summary>
    /// <param name="height">The windows of a column.</param>
    /// <param name="width">The windows of a row; 0 stands for <paramref name="height"/>.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ShapeMismatchException">The tensor doesn't have four axes.</exception>
    public Tensor AdaptiveAvgPool(int height, int width = 0) => new(Pooling.AdaptiveAverage(Values, height, width));

    /// <summary>
    /// The maximum of each of as many windows of sequences as are asked for: [N, C, L] → [N, C, length]. Window i goes from
    /// ⌊i·L/length⌋ to ⌈(i + 1)·L/length⌉, without the last. PyTorch: <c>AdaptiveMaxPool1d</c>.
    /// </summary>
    /// <param name="length">The windows.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ShapeMismatchException">The tensor doesn't have three axes.</exception>
    public Tensor AdaptiveMaxPool1D(int length) => new(Pooling.AdaptiveLineMax(Values, length));

    /// <summary>
    /// The mean of each of as many windows of sequences as are asked for: [N, C, L] → [N, C, length]. Window i goes from
    /// ⌊i·L/length⌋ to ⌈(i + 1)·L/length⌉, without the last. PyTorch: <c>AdaptiveAvgPool1d</c>.
    /// </summary>
    /// <param name="length">The windows.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ShapeMismatchException">The tensor doesn't have three axes.</exception>
    public Tensor AdaptiveAvgPool1D(int length) => new(Pooling.AdaptiveLineAverage(Values, length));
}

public static partial class DoubleTensorOperations
{
    /// <param name="x">The tensor.</param>
    extension(Tensor<double> x)
    {
        /// <inheritdoc cref="Tensor.MaxPool"/>
        public Tensor<double> MaxPool(int size, int stride = 0, int padding = 0, bool ceilMode = false, bool same = false) =>
            new(Pooling.Max(x.Values, size, stride, padding, ceilMode, same));

        /// <inheritdoc cref="Tensor.AvgPool"/>
        public Tensor<double> AvgPool(int size, int stride = 0, int padding = 0, bool ceilMode = false, bool same = false, bool countPadding = true) =>
            new(Pooling.Average(x.Values, size, stride, padding, ceilMode, same, countPadding));

        /// <inheritdoc cref="Tensor.MaxPool1D"/>
        public Tensor<double> MaxPool1D(int size, int stride = 0, int padding = 0, bool ceilMode = false, bool same = false) =>
            new(Pooling.LineMax(x.Values, size, stride, padding, ceilMode, same));

        /// <inheritdoc cref="Tensor.AvgPool1D"/>
        public Tensor<double> AvgPool1D(int size, int stride = 0, int padding = 0, bool ceilMode = false, bool same = false, bool countPadding = true) =>
            new(Pooling.LineAverage(x.Values, size, stride, padding, ceilMode, same, countPadding));

        /// <inheritdoc cref="Tensor.AdaptiveMaxPool"/>
        public Tensor<double> AdaptiveMaxPool(int height, int width = 0) =>
            new(Pooling.AdaptiveMax(x.Values, height, width));

        /// <inheritdoc cref="Tensor.AdaptiveAvgPool"/>
        public Tensor<double> AdaptiveAvgPool(int height, int width = 0) =>
            new(Pooling.AdaptiveAverage(x.Values, height, width));

        /// <inheritdoc cref="Tensor.AdaptiveMaxPool1D"/>
        public Tensor<double> AdaptiveMaxPool1D(int length) =>
            new(Pooling.AdaptiveLineMax(x.Values, length));

        /// <inheritdoc cref="Tensor.AdaptiveAvgPool1D"/>
        public Tensor<double> AdaptiveAvgPool1D(int length) =>
            new(Pooling.AdaptiveLineAverage(x.Values, length));
    }
}
