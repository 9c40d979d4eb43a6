using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Access;
using TraceGrains.GraphQL.Access;
using TraceGrains.GraphQL.Errors;

namespace TraceGrains.GraphQL.Access
{
    [Description("What is registered to an enterprise: which codes are its own to report for.")]
    public sealed class EnterpriseRegistration(RegistrationView view)
    {
        [Description("Its canonical code.")]
        public string Party => view.Party;

        [Description("Its name; null where nobody registered it: then only its own code is its own.")]
        public string? Name => view.Name.Length == 0 ? null : view.Name;

        [Description("GS1 company prefixes, and beginnings of codes of other issuers.")]
        public IReadOnlyList<string> Keys => view.Keys;

        [Description("The account that registered it.")]
        public string? By => view.By;

        [Description("When.")]
        public DateTimeOffset? At => view.At;
    }
}

namespace TraceGrains.GraphQL
{
    public sealed partial class Query
    {
        [Complexity(Limits.CallWeight)]
        [Description("What is registered to an enterprise.")]
        public static async Task<EnterpriseRegistration> Registration([FromServices] IGrainFactory grains, [Description("Its code, in any spelling.")] string party) =>
            new(await grains.GetGrain<IRegistrationGrain>(Codes.Canonical(party, "party")).View());
    }

    public sealed partial class Mutation
    {
        const int NameMax = 200;

        [Complexity(Limits.CallWeight)]
        [Description("Registers which codes are an enterprise's own, in the place of what was registered before. When this answers, it is in force.")]
        public static async Task<EnterpriseRegistration> RegisterEnterprise(
            IResolveFieldContext context, [FromServices] IGrainFactory grains, [Description("Its code, in any spelling.")] string party, [Description("Its name, 1 to 200 characters.")] string name,
            [Description("GS1 company prefixes (4 to 12 digits) and beginnings of codes of other issuers (URIs), at most 100. Give a prefix to several enterprises where its owner has others report for it.")] IReadOnlyList<string> keys)
        {
            if (name.Trim().Length is 0 or > NameMax) throw new BadInput("name", $"expected 1 to {NameMax} characters, found {name.Length}");
            if (keys.Count > Domain.Access.Registration.KeysMax) throw new BadInput("keys", $"expected at most {Domain.Access.Registration.KeysMax}, found {keys.Count}");
            for (var i = 0; i < keys.Count; i++)
                if (!Domain.Access.Registration.IsKey(keys[i])) throw new BadInput($"keys[{i}]", $"expected {Domain.Access.Registration.KeyExpected}, found '{keys[i]}'");
            return new(await grains.GetGrain<IRegistrationGrain>(Codes.Canonical(party, "party")).Register(name.Trim(), [.. keys.Distinct(StringComparer.Ordinal)], context.Viewer().Caller));
        }
    }
}
