using System;
using System.Collections.Generic;
using System.Linq;

namespace Zoo;

/// <summary>The networks that this program was compiled with.</summary>
internal static class Catalog
{
    private const int Large = 3 * 224 * 224, Small = 3 * 32 * 32;

    // Where the numbers come from stands in README.md.
    private static readonly Dictionary<string, long> Published = new()
    {
        ["AlexNet"] = 61_100_840,
        ["ZFNet"] = 62_357_608,
        ["Vgg16"] = 138_357_544,
        ["GoogLeNet"] = 6_624_904,
        ["ResNet18"] = 11_689_512,
        ["ResNet50"] = 25_557_032,
        ["ResNet152"] = 60_192_808,
        ["DenseNet121"] = 7_978_856,
        ["SqueezeNet"] = 1_248_424,
        ["MobileNet"] = 4_231_976,
        ["SEResNet50"] = 28_088_024,
        ["UNet"] = 31_030_658,
    };

    /// <summary>Those of the papers first, then the small ones.</summary>
    public static IReadOnlyList<Network> All { get; } =
        [.. typeof(Catalog).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(INetwork))).Select(Describe)
            .OrderBy(network => network.IsSmall).ThenBy(network => network.Name, StringComparer.Ordinal)];

    /// <summary>A network by its name, in upper or lower case.</summary>
    public static Network? Find(string name) => All.FirstOrDefault(network => network.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static Network Describe(Type type)
    {
        long parameters = (long)type.GetField("ParameterCount")!.GetRawConstantValue()!;
        INetwork Create() => (INetwork)Activator.CreateInstance(type)!;
        if (!Published.TryGetValue(type.Name, out long published)) return new Network(type.Name, Create, parameters, parameters, Small, 10, 1, 10, IsSmall: true);
        return type.Name == "UNet" ? new Network(type.Name, Create, parameters, published, 284 * 284, 100 * 100 * 2, 100 * 100, 2, IsSmall: false)
            : new Network(type.Name, Create, parameters, published, Large, 1000, 1, 1000, IsSmall: false);
    }
}
