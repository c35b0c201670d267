using System;
using System.Globalization;
using System.IO;

namespace DLCompiler.Data;

/// <summary>From a decoded picture to planes of numbers from 0 to 1.</summary>
/// <param name="channels">1, 3 or 4.</param>
/// <param name="height">Rows of a plane.</param>
/// <param name="width">Pixels of a row.</param>
/// <param name="scales">Whether pictures of other sizes are scaled.</param>
/// <param name="converts">Whether pictures with other channels are converted; otherwise they are refused.</param>
internal sealed class PixelConversion(int channels, int height, int width, bool scales, bool converts)
{
    /// <summary>Writes a picture's planes [channels, height, width].</summary>
    /// <exception cref="InvalidDataException">The size or the channels are others, and are not to be changed.</exception>
    public void Convert(PngImage image, string path, string firstPath, Span<float> planes)
    {
        if (!scales && (image.Height != height || image.Width != width))
        {
            throw Mismatch(
                $"{path} has {image.Width} x {image.Height} pixels, but {firstPath}, the first, has {width} x {height}.",
                "Set Height and Width, to which all are scaled.");
        }

        if (!converts && Plain(image.Channels) != channels)
        {
            throw Mismatch(
                $"{path} has {Plain(image.Channels)} channels, but {firstPath}, the first, has {channels}.", "Set Channels, to which all are converted.");
        }

        if (image.Height == height && image.Width == width)
        {
            Planes(image, planes);
            return;
        }

        // Scaled in numbers, after the conversion: fractions are not rounded to bytes.
        var whole = new float[channels * image.Height * image.Width];
        Planes(image, whole);
        Scaling.Scale(whole, channels, image.Height, image.Width, planes, height, width);
    }

    // Grey with alpha counts as grey.
    private static int Plain(int channels) => channels == 2 ? 1 : channels;

    private void Planes(PngImage image, Span<float> planes)
    {
        int area = image.Height * image.Width, own = image.Channels;
        var pixels = image.Pixels;
        for (int channel = 0; channel < channels; channel++)
        {
            var plane = planes.Slice(channel * area, area);
            if (channels == 1 && own >= 3)
            {
                for (int i = 0; i < area; i++)
                    plane[i] = (299 * pixels[own * i] + 587 * pixels[own * i + 1] + 114 * pixels[own * i + 2]) / 255000f;
            }
            else if (channel == 3 && own is 1 or 3)
            {
                plane.Fill(1);
            }
            else
            {
                int source = own >= 3 ? channel : channel == 3 ? 1 : 0;
                for (int i = 0; i < area; i++) plane[i] = pixels[own * i + source] / 255f;
            }
        }
    }

    private static InvalidDataException Mismatch(FormattableString why, string remedy) => new($"{why.ToString(CultureInfo.InvariantCulture)} {remedy}");
}
