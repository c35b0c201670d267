using System.Collections.Generic;
using System.Linq;
using System.Threading;
using DLCompiler.Compiler;
using DLCompiler.Compiler.Programs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DLCompiler.Generator.Parsing;

/// <summary>Lowers a <c>[Model]</c> or <c>[Block]</c> class to its program.</summary>
internal sealed class ClassParser
{
    private readonly INamedTypeSymbol type;
    private readonly Compilation compilation;
    private readonly SiteTable sites = new();
    private readonly BodyParser bodies;
    private readonly AttributeParser attributes;

    private ClassParser(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        this.type = type;
        this.compilation = compilation;
        bodies = new BodyParser(sites, cancellation);
        attributes = new AttributeParser(sites, cancellation);
    }

    /// <summary>The program of a class that is written in the compilation's source; null for classes that are neither model nor block.</summary>
    public static ParsedClass? Parse(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        if (KindOf(type) is not { } kind || type.DeclaringSyntaxReferences.IsEmpty) return null;
        return new ClassParser(type, compilation, cancellation).Parse(kind);
    }

    /// <summary>What a class is to the compiler; null where it is nothing.</summary>
    public static ClassKind? KindOf(INamedTypeSymbol type)
    {
        // Half a declaration: the C# compiler asks for the name.
        if (type.Name.Length == 0) return null;
        ClassKind? kind = null;
        foreach (AttributeData attribute in type.GetAttributes())
        {
            string? name = attribute.AttributeClass?.MetadataName();
            if (name == KnownNames.Model) return ClassKind.Model;
            if (name == KnownNames.Block) kind = ClassKind.Block;
        }

        return kind;
    }

    private ParsedClass Parse(ClassKind kind)
    {
        Location name = NameLocation(type);
        int site = sites.Add(name);
        EquatableArray<HyperParameter> hyperParameters = HyperParameters();
        Expression.New? parent = Base();
        EquatableArray<Expression.New> chain = attributes.Chain(type);
        ShapeSpecification? input = attributes.Shape(type.GetAttributes(), KnownNames.Input);
        TrainSpecification? train = attributes.Train(type);
        BudgetSpecification? budget = attributes.Budget(type);
        List<FieldProgram> fields = [];
        List<MethodProgram> methods = [];
        foreach (ISymbol member in type.GetMembers().Where(UserMembers.IsWritten))
        {
            switch (member)
            {
                case IFieldSymbol { IsConst: false, AssociatedSymbol: null } field when !field.IsStatic || field.IsReadOnly:
                    fields.Add(new FieldProgram(field.Name, field.Type.ProgramName(), Initializer(field), sites.Add(field.Locations[0]))
                    {
                        Training = attributes.Training(field),
                    });
                    break;
                case IPropertySymbol { IsIndexer: false } property when UserMembers.Getter(property) is { } getter:
                    int place = sites.Add(property.Locations[0]);
                    methods.Add(new MethodProgram("get_" + property.Name, property.IsStatic, [], property.Type.ProgramName(), null, Body(getter), null, place));
                    break;
                case IPropertySymbol { IsIndexer: false } property:
                    fields.Add(new FieldProgram(property.Name, property.Type.ProgramName(), Initializer(property), sites.Add(property.Locations[0]))
                    {
                        Training = attributes.Training(property),
                    });
                    break;
                case IMethodSymbol { MethodKind: MethodKind.Ordinary } method when UserMembers.Declaration(method) is { } declaration:
                    methods.Add(Method(method, declaration));
                    break;
            }
        }

        var program = new ClassProgram(
            type.MetadataName(),
            type.Name,
            kind,
            parent,
            type.BaseType?.MetadataName() == KnownNames.Sequential,
            hyperParameters,
            fields.ToEquatableArray(),
            methods.ToEquatableArray(),
            chain,
            input,
            train,
            budget,
            attributes.Inference(type),
            site);
        return new ParsedClass(program, sites, name, bodies.HasInvalidCode);
    }

    /// <summary>The class's name where it carries its attribute, or in its first declaration.</summary>
    public static Location NameLocation(INamedTypeSymbol type)
    {
        List<TypeDeclarationSyntax> declarations =
            [.. type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).OfType<TypeDeclarationSyntax>()];
        TypeDeclarationSyntax? main = declarations.FirstOrDefault(declaration => declaration.AttributeLists.Count > 0) ?? declarations.FirstOrDefault();
        return main?.Identifier.GetLocation() ?? type.Locations[0];
    }

    private EquatableArray<HyperParameter> HyperParameters()
    {
        IMethodSymbol? constructor =
            type.InstanceConstructors.FirstOrDefault(item => item.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is TypeDeclarationSyntax);
        return constructor is null
            ? []
            : constructor.Parameters.Select(parameter => new HyperParameter(
                parameter.Name, parameter.Type.ProgramName(), Default(parameter), sites.Add(parameter.Locations[0]))).ToEquatableArray();
    }

    private Expression? Default(IParameterSymbol parameter)
    {
        if (!parameter.HasExplicitDefaultValue) return null;
        int site = sites.Add(parameter.Locations[0]);
        return Operations.Literals.Constant(parameter.Type, parameter.ExplicitDefaultValue, site) ?? new Expression.Unsupported("this default", site);
    }

    private Expression.New? Base()
    {
        if (type.BaseType is not { SpecialType: SpecialType.None } parent || parent.MetadataName() == KnownNames.Sequential) return null;
        foreach (TypeDeclarationSyntax declaration in type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).OfType<TypeDeclarationSyntax>())
        {
            foreach (BaseTypeSyntax item in declaration.BaseList?.Types ?? default)
            {
                SemanticModel semantics = compilation.GetSemanticModel(item.SyntaxTree);
                if (item is PrimaryConstructorBaseTypeSyntax call && semantics.GetOperation(call) is IInvocationOperation invocation)
                {
                    int place = sites.Add(call.Type.GetLocation());
                    return new Expression.New(parent.OriginalDefinition.MetadataName(), Operations.Calls.Arguments(bodies, invocation.Arguments, invocation),
                        place);
                }

                if (SymbolEqualityComparer.Default.Equals(semantics.GetTypeInfo(item.Type).Type, parent))
                    return new Expression.New(parent.OriginalDefinition.MetadataName(), [], sites.Add(item.GetLocation()));
            }
        }

        return null;
    }

    private Expression? Initializer(ISymbol member)
    {
        EqualsValueClauseSyntax? clause = member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
        {
            VariableDeclaratorSyntax variable => variable.Initializer,
            PropertyDeclarationSyntax property => property.Initializer,
            _ => null,
        };
        if (clause is null) return null;
        IOperation? operation = compilation.GetSemanticModel(clause.SyntaxTree).GetOperation(clause);
        IOperation? value = operation is ISymbolInitializerOperation initializer ? initializer.Value : operation;
        return value is null ? new Expression.Unsupported("this initialiser", sites.Add(clause.Value.GetLocation())) : bodies.Expression(value);
    }

    private MethodProgram Method(IMethodSymbol method, MethodDeclarationSyntax declaration)
    {
        int site = sites.Add(declaration.Identifier.GetLocation());
        EquatableArray<MethodParameter> parameters = method.Parameters.Select(parameter => new MethodParameter(
            parameter.Name,
            parameter.Type.ProgramName(),
            Default(parameter),
            attributes.Shape(parameter.GetAttributes(), KnownNames.Shape),
            sites.Add(parameter.Locations[0]))).ToEquatableArray();
        ShapeSpecification? result = attributes.Shape(method.GetReturnTypeAttributes(), KnownNames.Shape);
        StepSpecification? step = attributes.Step(method);
        return new MethodProgram(method.Name, method.IsStatic, parameters, method.ReturnType.ProgramName(), result, Body(declaration), step, site);
    }

    private Statement Body(SyntaxNode declaration)
    {
        IOperation? operation = compilation.GetSemanticModel(declaration.SyntaxTree).GetOperation(declaration);
        IBlockOperation? block = operation switch
        {
            IMethodBodyBaseOperation body => body.BlockBody ?? body.ExpressionBody,
            IBlockOperation expression => expression,
            _ => null,
        };
        return block is null ? new Statement.Unsupported("this body", sites.Add(declaration.GetLocation())) : bodies.Statement(block);
    }
}
