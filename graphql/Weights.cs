using GraphQL.Validation.Complexity;

namespace TraceGrains.GraphQL;

/// <summary>How GraphQL.NET's rule weighs a request against <see cref="Limits"/>.</summary>
static class Weights
{
    public static void Configure(ComplexityOptions options)
    {
        options.MaxDepth = Limits.DepthMax;
        options.MaxComplexity = Limits.ComplexityMax;
        options.DefaultListImpactMultiplier = Limits.ListAssumed;
        var standard = options.DefaultComplexityImpactDelegate;
        options.DefaultComplexityImpactDelegate = field =>
        {
            // A negative 'first' is refused when it is used; before that it must not lighten what stands beside it.
            var weight = standard(field);
            return weight.ChildImpactMultiplier >= 0 ? weight : new FieldComplexityResult(weight.FieldImpact, 0);
        };
    }
}
