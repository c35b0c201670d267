using DLCompiler.Operations;

namespace DLCompiler;

public sealed partial class Tensor
{
    /// <summary>
    /// The mean of each channel of images: [N, C, H, W] → [N, C] (Lin et al. 2013). PyTorch: <c>adaptive_avg_pool2d(x, 1)</c>, flattened; Keras:
    /// <c>GlobalAveragePooling2D</c>.
    /// </summary>
    /// <exception cref="ShapeMismatchException">The images don't have four axes.</exception>
    public Tensor GlobalAvgPool() => new(ImageShaping.GlobalAvgPool(Values));

    /// <summary>
    /// The maximum of each channel of images: [N, C, H, W] → [N, C]; NaN where any is NaN. PyTorch: <c>adaptive_max_pool2d(x, 1)</c>, flattened;
    /// Keras: <c>GlobalMaxPooling2D</c>.
    /// </summary>
    /// <exception cref="ShapeMismatchException">The images don't have four axes.</exception>
    public Tensor GlobalMaxPool() => new(ImageShaping.GlobalMaxPool(Values));

    /// <summary>
    /// Zeros around images: [N, C, H, W] → [N, C, top + H + bottom, left + W + right]. PyTorch: <c>ZeroPad2d</c>; Keras: <c>ZeroPadding2D</c>.
    /// </summary>
    /// <param name="top">Rows above.</param>
    /// <param name="bottom">Rows below.</param>
    /// <param name="left">Columns before.</param>
    /// <param name="right">Columns after.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ShapeMismatchException">The images don't have four axes.</exception>
    public Tensor ZeroPad(int top, int bottom, int left, int right) => new(ImageShaping.ZeroPad(Values, top, bottom, left, right));

    /// <summary>
    /// Images without their edges: [N, C, H, W] → [N, C, H − top − bottom, W − left − right]. Keras: <c>Cropping2D</c>; PyTorch: slices, or negative
    /// padding.
    /// </summary>
    /// <param name="top">Rows above that are left out.</param>
    /// <param name="bottom">Rows below.</param>
    /// <param name="left">Columns before.</param>
    /// <param name="right">Columns after.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ShapeMismatchException">The images don't have four axes, or nothing is left of them.</exception>
    public Tensor Crop(int top, int bottom, int left, int right) => new(ImageShaping.Crop(Values, top, bottom, left, right));

    /// <summary>
    /// Images with each pixel repeated: [N, C, H, W] → [N, C, H·scale, W·scale]. PyTorch: <c>Upsample(mode="nearest")</c>; Keras:
    /// <c>UpSampling2D</c>.
    /// </summary>
    /// <param name="scale">How many rows and columns each pixel becomes; at least 1.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ShapeMismatchException">The images don't have four axes.</exception>
    public Tensor UpsampleNearest(int scale) => new(ImageShaping.UpsampleNearest(Values, scale));

    /// <summary>
    /// Images with pixels interpolated between their neighbours: [N, C, H, W] → [N, C, H·scale, W·scale]. Pixels have their values in their middles. PyTorch:
    /// <c>Upsample(mode="bilinear", align_corners=False)</c>; Keras: <c>UpSampling2D(interpolation="bilinear")</c>.
    /// </summary>
    /// <param name="scale">How many rows and columns each pixel becomes; at least 1.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ShapeMismatchException">The images don't have four axes.</exception>
    public Tensor UpsampleBilinear(int scale) => new(ImageShaping.UpsampleBilinear(Values, scale));

    /// <summary>
    /// Images of another size, interpolated between the nearest pixels: [N, C, H, W] → [N, C, height, width]. Pixels have their values in their middles;
    /// smaller images are samples of the larger ones, not means. PyTorch: <c>interpolate(size=…, mode="bilinear", align_corners=False)</c>; Keras:
    /// <c>Resizing</c>.
    /// </summary>
    /// <param name="height">The rows of the result, at least 1.</param>
    /// <param name="width">The columns of the result; 0 stands for <paramref name="height"/>.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ShapeMismatchException">The images don't have four axes.</exception>
    public Tensor ResizeBilinear(int height, int width = 0) => new(ImageShaping.ResizeBilinear(Values, height, width));

    /// <summary>Channels as pixels: [N, C·scale², H, W] → [N, C, H·scale, W·scale] (Shi et al. 2016). PyTorch: <c>PixelShuffle</c>.</summary>
    /// <param name="scale">How many rows and columns each pixel becomes; at least 1.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ShapeMismatchException">The images don't have four axes, or the channels are not a multiple of scale².</exception>
    public Tensor PixelShuffle(int scale) => new(ImageShaping.PixelShuffle(Values, scale));
}

public static partial class DoubleTensorOperations
{
    /// <param name="x">The tensor.</param>
    extension(Tensor<double> x)
    {
        /// <inheritdoc cref="Tensor.GlobalAvgPool"/>
        public Tensor<double> GlobalAvgPool() => new(ImageShaping.GlobalAvgPool(x.Values));

        /// <inheritdoc cref="Tensor.GlobalMaxPool"/>
        public Tensor<double> GlobalMaxPool() => new(ImageShaping.GlobalMaxPool(x.Values));

        /// <inheritdoc cref="Tensor.ZeroPad"/>
        public Tensor<double> ZeroPad(int top, int bottom, int left, int right) => new(ImageShaping.ZeroPad(x.Values, top, bottom, left, right));

        /// <inheritdoc cref="Tensor.Crop"/>
        public Tensor<double> Crop(int top, int bottom, int left, int right) => new(ImageShaping.Crop(x.Values, top, bottom, left, right));

        /// <inheritdoc cref="Tensor.UpsampleNearest"/>
        public Tensor<double> UpsampleNearest(int scale) => new(ImageShaping.UpsampleNearest(x.Values, scale));

        /// <inheritdoc cref="Tensor.UpsampleBilinear"/>
        public Tensor<double> UpsampleBilinear(int scale) => new(ImageShaping.UpsampleBilinear(x.Values, scale));

        /// <inheritdoc cref="Tensor.ResizeBilinear"/>
        public Tensor<double> ResizeBilinear(int height, int width = 0) => new(ImageShaping.ResizeBilinear(x.Values, height, width));

        /// <inheritdoc cref="Tensor.PixelShuffle"/>
        public Tensor<double> PixelShuffle(int scale) => new(ImageShaping.PixelShuffle(x.Values, scale));
    }
}
