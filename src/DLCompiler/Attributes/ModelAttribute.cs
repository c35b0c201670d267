using System;

namespace DLCompiler;

/// <summary>
/// Declares a network that is compiled at build time: the partial class receives parameters, <c>Predict</c> and, with <see cref="TrainAttribute"/> or
/// <see cref="StepAttribute"/>, training. Its layers are fields, its computation is the method <c>Forward</c>; a class that derives from
/// <see cref="Sequential"/> lists its layers as attributes instead.
/// </summary>
/// <remarks>
/// A model declares no constructor with parameters: hyperparameters belong to a <see cref="BlockAttribute">block</see>, which a model derives from or uses.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ModelAttribute : Attribute;
