using System;

namespace DLCompiler.Data;

/// <summary>Draws one digit after the other: chooses a way to write it, distorts its strokes and paints them.</summary>
internal sealed class DigitPen
{
    // Straight pieces of the curve from one point to the next.
    private const int Pieces = 6;

    // For each pixel, how far it is outside the ink's edge.
    private readonly float[] distance = new float[Digits.Size * Digits.Size];
    private readonly (float X, float Y)[] points = new (float X, float Y)[32];

    /// <summary>Draws a digit into an image of 28×28 pixels from 0 to 1.</summary>
    public void Draw(int digit, DigitRandom random, Span<float> image)
    {
        var ways = DigitTemplates.WaysToWrite(digit);
        var strokes = ways[random.Choose(ways.Length)];
        var hand = new Hand(ref random);
        distance.AsSpan().Fill(float.MaxValue);
        foreach (var stroke in strokes) Paint(stroke, hand, ref random);

        // The edge's softness is the blur; noise is the scanner's.
        float softness = random.Uniform(0.8f, 1.9f), ink = random.Uniform(0.8f, 1f), noise = random.Uniform(0, 0.09f);
        for (int i = 0; i < image.Length; i++)
        {
            float value = (ink * Math.Clamp(0.5f - (distance[i] / softness), 0, 1)) + random.Normal(noise);

            // Whole grey levels, as in a file.
            image[i] = (int)((Math.Clamp(value, 0, 1) * 255) + 0.5f) / 255f;
        }
    }

    private void Paint(DigitStroke stroke, in Hand hand, ref DigitRandom random)
    {
        var wanted = stroke.Points;
        for (int i = 0; i < wanted.Length; i++)
        {
            points[i] = i > 0 && wanted[i] == wanted[i - 1] ? points[i - 1]
                : hand.Place(wanted[i].X + random.Normal(0.03f), wanted[i].Y + random.Normal(0.03f));
        }

        // Pens start late and stop early, press more here and less there.
        int pieces = (wanted.Length - 1) * Pieces;
        float begin = random.Uniform(0, 0.04f) * pieces, end = random.Uniform(0.95f, 1) * pieces;
        float beginRadius = hand.Radius * random.Uniform(0.8f, 1.15f), endRadius = hand.Radius * random.Uniform(0.7f, 1.1f);
        var from = Along(wanted.Length, begin / Pieces);
        for (int piece = 1; piece <= pieces; piece++)
        {
            float position = Math.Clamp(piece, begin, end);
            var to = Along(wanted.Length, position / Pieces);
            PaintLine(from, to, beginRadius + ((endRadius - beginRadius) * position / pieces));
            from = to;
        }
    }

    // The Catmull-Rom spline through the points: at integer parameters it is at the points.
    private (float X, float Y) Along(int count, float parameter)
    {
        int segment = Math.Clamp((int)parameter, 0, count - 2);
        float t = parameter - segment;
        var a = points[Math.Max(segment - 1, 0)];
        var b = points[segment];
        var c = points[segment + 1];
        var d = points[Math.Min(segment + 2, count - 1)];
        return (Spline(a.X, b.X, c.X, d.X, t), Spline(a.Y, b.Y, c.Y, d.Y, t));
    }

    private static float Spline(float a, float b, float c, float d, float t) =>
        b + (0.5f * t * (c - a + (t * ((2 * a) - (5 * b) + (4 * c) - d + (t * ((3 * (b - c)) + d - a))))));

    private void PaintLine((float X, float Y) from, (float X, float Y) to, float radius)
    {
        // Farther than this no pixel sees the line.
        float reach = radius + 2;
        int left = Math.Max((int)(Math.Min(from.X, to.X) - reach), 0), right = Math.Min((int)(Math.Max(from.X, to.X) + reach), Digits.Size - 1);
        int top = Math.Max((int)(Math.Min(from.Y, to.Y) - reach), 0), bottom = Math.Min((int)(Math.Max(from.Y, to.Y) + reach), Digits.Size - 1);
        float lineX = to.X - from.X, lineY = to.Y - from.Y, squaredLength = (lineX * lineX) + (lineY * lineY);
        float inverse = squaredLength > 1e-12f ? 1 / squaredLength : 0;
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                float fromX = x - from.X, fromY = y - from.Y;
                float t = Math.Clamp(((fromX * lineX) + (fromY * lineY)) * inverse, 0, 1);
                float offX = fromX - (t * lineX), offY = fromY - (t * lineY);
                float outside = MathF.Sqrt((offX * offX) + (offY * offY)) - radius;
                ref float nearest = ref distance[(y * Digits.Size) + x];
                if (outside < nearest) nearest = outside;
            }
        }
    }

    /// <summary>What is the same for all strokes of a drawing: size, place, slant, bends and the pen.</summary>
    private readonly struct Hand
    {
        private readonly float xx, xy, yx, yy, centreX, centreY;
        private readonly float bendX, bendY, stretchX, stretchY, waveX, waveY;

        public Hand(ref DigitRandom random)
        {
            float height = random.Uniform(16.5f, 22.5f), width = height * random.Uniform(0.5f, 0.85f);
            float slant = 0.12f + random.Normal(0.18f);

            // Half the rotation's tangent gives its sine and cosine without either function.
            float halfTangent = random.Normal(0.07f), scale = 1 / (1 + (halfTangent * halfTangent));
            float cosine = (1 - (halfTangent * halfTangent)) * scale, sine = 2 * halfTangent * scale;

            // First the slant to the right (upwards is negative), then the rotation.
            (xx, yx) = (cosine * width, sine * width);
            (xy, yy) = (((-slant * cosine) - sine) * height, ((-slant * sine) + cosine) * height);
            centreX = 13.5f + random.Normal(1.1f);
            centreY = 13.5f + random.Normal(1f);

            bendX = random.Normal(0.22f);
            bendY = random.Normal(0.16f);
            stretchX = random.Normal(0.25f);
            stretchY = random.Normal(0.2f);
            waveX = random.Normal(0.35f);
            waveY = random.Normal(0.3f);
            Radius = random.Uniform(0.75f, 1.75f);
        }

        /// <summary>The pen's radius, in pixels.</summary>
        public float Radius { get; }

        /// <summary>Where a point of the digit's box goes, in pixels.</summary>
        public (float X, float Y) Place(float x, float y)
        {
            (x, y) = (x - 0.5f, y - 0.5f);
            float bentX = x + (bendX * ((y * y) - 0.1f)) + (stretchX * x * y) + (waveX * y * ((y * y) - 0.15f));
            float bentY = y + (bendY * ((x * x) - 0.1f)) + (stretchY * x * y) + (waveY * x * ((x * x) - 0.15f));
            return (centreX + (xx * bentX) + (xy * bentY), centreY + (yx * bentX) + (yy * bentY));
        }
    }
}
