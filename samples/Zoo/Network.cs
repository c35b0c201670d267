using System;

namespace Zoo;

/// <summary>A network of the zoo.</summary>
/// <param name="Name">The class.</param>
/// <param name="Create">Makes one.</param>
/// <param name="Parameters">Its trained numbers.</param>
/// <param name="Published">How many there should be.</param>
/// <param name="Inputs">Numbers of one image.</param>
/// <param name="Outputs">Numbers that come out for one image.</param>
/// <param name="Labels">Labels of one image.</param>
/// <param name="Classes">What labels count.</param>
/// <param name="IsSmall">Whether it is a variant for images of 32×32.</param>
internal sealed record Network(
    string Name, Func<INetwork> Create, long Parameters, long Published, int Inputs, int Outputs, int Labels, int Classes, bool IsSmall);
