using System.Collections;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using GraphQL.Utilities;
using Microsoft.Extensions.DependencyInjection;
using TraceGrains.Contracts.Access;
using TraceGrains.Domain.Access;

namespace TraceGrains.GraphQL.Access;

/// <summary>Puts the check before every field of the schema: the right it takes before it is worked out, what is kept back after.</summary>
sealed class FieldGuard : BaseSchemaNodeVisitor
{
    /// <summary>In the place of a code that has to be there and is not the caller's to know.</summary>
    public const string Withheld = "urn:tracegrains:withheld";

    public override void VisitObjectFieldDefinition(FieldType field, IObjectGraphType type, ISchema schema)
    {
        if (type.Name.StartsWith("__", StringComparison.Ordinal)) return;
        var rule = FieldAccess.Of(type.Name, field.Name);
        field.Resolver = new Guarded(field.Resolver ?? NameFieldResolver.Instance, rule, field.ResolvedType);
        if (field.StreamResolver is { } stream) field.StreamResolver = new GuardedStream(stream, rule);
    }

    sealed class Guarded(IFieldResolver inner, FieldRule rule, IGraphType? type) : IFieldResolver
    {
        readonly bool isRequired = type is NonNullGraphType;
        readonly bool itemsMayBeNull = (type is NonNullGraphType { ResolvedType: var inside } ? inside : type) is ListGraphType { ResolvedType: not NonNullGraphType };

        public ValueTask<object?> ResolveAsync(IResolveFieldContext context)
        {
            var viewer = context.Viewer();
            if (!viewer.May(rule.Right, rule.Least)) throw new NotAllowed(viewer.Caller, rule);
            // Who sees everything has no right that stops at an enterprise of its own.
            return viewer.SeesAll ? inner.ResolveAsync(context) : Kept(context, viewer);
        }

        async ValueTask<object?> Kept(IResolveFieldContext context, Viewer viewer)
        {
            await CheckOwn(context, viewer, rule);
            var value = await inner.ResolveAsync(context);
            return rule.Secret switch
            {
                Secret.Party => await Codes(value, viewer.SeesParty),
                Secret.Thing => await Codes(value, viewer.SeesThing),
                Secret.SourceParties => await Where((IEnumerable<Recalls.CommonSource>)value!, one => viewer.SeesParty(one.Code)),
                Secret.SourceThings => await Where((IEnumerable<Recalls.CommonSource>)value!, one => viewer.SeesThing(one.Code)),
                Secret.Event => await ((Events.Event)context.Source!).Shown(viewer, context.FieldDefinition.Name),
                _ => await Rows(value, viewer, context.RequestServices!.GetRequiredService<IGrainFactory>()),
            };
        }

        // Everything that has to be looked up about the values of one field is looked up together.
        async ValueTask<object?> Codes(object? value, Func<string, ValueTask<bool>> sees) => value switch
        {
            string code => await sees(code) ? code : isRequired ? Withheld : null,
            IEnumerable<string> codes => await Where(codes, sees),
            _ => value,
        };

        async ValueTask<object?> Rows(object? value, Viewer viewer, IGrainFactory grains)
        {
            if (value is null or string || value is not IEnumerable many) return value is null || await RowAccess.May(value, viewer, grains) ? value : null;
            List<object?> rows = [.. many];
            var may = await May(rows, row => row is null ? new(true) : RowAccess.May(row, viewer, grains));
            // Where items may be null, such as in 'nodes', their places mean something.
            return itemsMayBeNull
                ? rows.Select((row, place) => may[place] ? row : null).ToList()
                : rows.Where((_, place) => may[place]).ToList();
        }

        static async ValueTask<List<T>> Where<T>(IEnumerable<T> all, Func<T, ValueTask<bool>> sees)
        {
            List<T> rows = [.. all];
            var may = await May(rows, sees);
            return [.. rows.Where((_, place) => may[place])];
        }

        static Task<bool[]> May<T>(List<T> rows, Func<T, ValueTask<bool>> sees) => Task.WhenAll(rows.Select(row => sees(row).AsTask()));
    }

    sealed class GuardedStream(ISourceStreamResolver inner, FieldRule rule) : ISourceStreamResolver
    {
        public async ValueTask<IObservable<object?>> ResolveAsync(IResolveFieldContext context)
        {
            var viewer = context.Viewer();
            if (!viewer.May(rule.Right, rule.Least)) throw new NotAllowed(viewer.Caller, rule);
            await CheckOwn(context, viewer, rule);
            return await inner.ResolveAsync(context);
        }
    }

    static ValueTask CheckOwn(IResolveFieldContext context, Viewer viewer, FieldRule rule) => rule.Own == OwnCheck.None ? default : viewer.Caller.Reach(rule.Right) switch
    {
        Reach.Own => OwnChecks.Check(context, viewer, rule.Own),
        Reach.District => DistrictChecks.Check(context, viewer, rule),
        _ => default,
    };
}

/// <summary>What the caller has no right to.</summary>
sealed class NotAllowed : ExecutionError
{
    public NotAllowed(Caller caller, FieldRule rule) : base(caller.Role == Role.Consumer
        ? $"expected credentials with the right {Words(rule)}, found none that give it"
        : $"expected the right {Words(rule)}, which the role {RoleNames.Of(caller.Role)} does not have") => Code = CodeOf(caller);

    public NotAllowed(Caller caller, string field, string found) : base($"{field}: expected a code that belongs to {caller.Party}, found {found}") => Code = CodeOf(caller);

    public NotAllowed(Caller caller, string message) : base(message) => Code = CodeOf(caller);

    static string Words(FieldRule rule) => rule.Least > Reach.Own ? $"{rule.Right} for a district or more" : $"{rule.Right}";

    static string CodeOf(Caller caller) => caller.Role == Role.Consumer ? "UNAUTHENTICATED" : "FORBIDDEN";
}
