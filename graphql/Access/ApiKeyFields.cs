using System.ComponentModel;
using System.Security.Cryptography;
using GraphQL;
using TraceGrains.Contracts.Access;
using TraceGrains.Domain.Access;
using TraceGrains.GraphQL.Access;
using TraceGrains.GraphQL.Errors;

namespace TraceGrains.GraphQL.Access
{
    [Description("A key of a machine: a scanner, a gate, an ERP. It speaks for a role of an enterprise or an authority.")]
    public sealed class ApiKey(ApiKeyView view)
    {
        [Id]
        [Description("Its id; the part of the key that is no secret.")]
        public string Id => view.Id;

        [Description("What it is for.")]
        public string Name => view.Order.Name;

        [Description("As what it asks: device, reporter, quality, enterprise-admin, district-regulator, city-regulator, administrator, auditor.")]
        public string Role => RoleNames.Of(view.Order.Caller.Role);

        [Description("The enterprise it acts for; null for roles without one.")]
        public string? Party => view.Order.Caller.Party;

        [Description("The district it supervises; null for other roles.")]
        public string? District => view.Order.Caller.District;

        [Description("The account that made it.")]
        public string By => view.Order.By;

        [Description("When it was made.")]
        public DateTimeOffset CreatedAt => view.CreatedAt;

        [Description("When it ends; null for never.")]
        public DateTimeOffset? Expires => view.Order.Expires;

        [Description("Since when it has the secret it has.")]
        public DateTimeOffset SecretSince => view.SecretSince;

        [Description("Until when the secret before that is good too; null where there is none.")]
        public DateTimeOffset? OldSecretUntil => view.OldSecretUntil;

        [Description("When it was revoked; null while it is good.")]
        public DateTimeOffset? RevokedAt => view.RevokedAt;
    }

    [Description("The key, or why the request was refused.")]
    public sealed class ApiKeyPayload
    {
        internal ApiKeyPayload(ApiKeyView view, string? secret = null) => (Key, Secret) = (new(view), secret);

        internal ApiKeyPayload(RefusalReason reason, string message) => Refusal = new(reason, message);

        [Description("The key as it stands; null when the request was refused.")]
        public ApiKey? Key { get; }

        [Description("What the machine sends: X-API-Key: this, or Authorization: ApiKey this. Told this once, where a secret was made, and kept nowhere.")]
        public string? Secret { get; }

        [Description("Why the request was refused; null when it was done.")]
        public Refusal? Refusal { get; }
    }

    [Description("A key to be made.")]
    public sealed class CreateApiKeyInput
    {
        [Description("What it is for, 1 to 200 characters.")]
        public string Name { get; set; } = "";

        [Description("As what it asks: device, reporter, quality, enterprise-admin, district-regulator, city-regulator, administrator, auditor.")]
        public string Role { get; set; } = "";

        [Description("The enterprise it acts for, in any spelling; for roles of an enterprise.")]
        public string? Party { get; set; }

        [Description("The district it supervises (GB/T 2260, six digits); for a district-regulator.")]
        public string? District { get; set; }

        [Description("When it ends; never, when left out.")]
        public DateTimeOffset? Expires { get; set; }
    }
}

namespace TraceGrains.GraphQL
{
    public sealed partial class Query
    {
        [Complexity(Limits.CallWeight)]
        [Description("An enterprise's keys, oldest first, revoked ones included; of roles without an enterprise, when 'party' is left out.")]
        public static async Task<IReadOnlyList<ApiKey>> ApiKeys(IResolveFieldContext context, [FromServices] IGrainFactory grains, [Description("Code of the enterprise, in any spelling.")] string? party = null)
        {
            var owner = Codes.Canonical(party, "party");
            await Mutation.CheckKeys(context, owner, null);
            var ids = await grains.GetGrain<IApiKeyListGrain>(owner ?? IApiKeyListGrain.Nobody).All();
            return [.. (await Task.WhenAll(ids.Select(id => grains.GetGrain<IApiKeyGrain>(ApiKeyKey.Of(id)).View()))).OfType<ApiKeyView>().Select(view => new ApiKey(view))];
        }
    }

    public sealed partial class Mutation
    {
        const int OverlapDaysMax = 7;

        [Complexity(Limits.CallWeight)]
        [Description("Makes a key. Its secret is told once.")]
        public static async Task<ApiKeyPayload> CreateApiKey(IResolveFieldContext context, [FromServices] IGrainFactory grains, [FromServices] TimeProvider clock, [Description("The key.")] CreateApiKeyInput input)
        {
            static ApiKeyPayload Invalid(string field, string message) => new(RefusalReason.FieldInvalid, $"input.{field}: {message}");

            // Who may not make it is told that before anything else.
            var (role, party) = (RoleNames.Find(input.Role), Codes.Canonical(input.Party, "input.party"));
            await CheckKeys(context, party, role);
            if (role is null) return Invalid("role", $"expected one of {RoleNames.Expected}, found '{input.Role}'");
            if (input.Name.Trim().Length is 0 or > NameMax) return Invalid("name", $"expected 1 to {NameMax} characters, found {input.Name.Length}");
            if (RoleNames.IsOfEnterprise(role.Value) != party is not null) return Invalid("party", party is null ? $"expected the enterprise for which a {input.Role} acts, found none" : $"expected none with the role {input.Role}, found {party}");
            if ((role == Role.DistrictRegulator) != input.District is not null || (input.District is not null && !Territory.IsCode(input.District)))
                return Invalid("district", "expected six digits (GB/T 2260) with the role district-regulator, and none with others");
            if (input.Expires <= clock.GetUtcNow()) return Invalid("expires", "expected a time to come");
            var (id, secret) = (Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), NewSecret());
            if (!await grains.GetGrain<IApiKeyListGrain>(party ?? IApiKeyListGrain.Nobody).Add(id)) return new(RefusalReason.TooManyKeys, $"input.party: expected fewer than {IApiKeyListGrain.KeysMax} keys, found as many");
            var grain = grains.GetGrain<IApiKeyGrain>(ApiKeyKey.Of(id));
            await grain.Create(
                new() { Name = input.Name.Trim(), Caller = new() { Role = role.Value, Subject = $"key:{id}", Party = party, District = input.District }, Expires = input.Expires, By = context.Viewer().Caller.Subject }, ApiKeyText.HashOf(secret));
            return new((await grain.View())!, ApiKeyText.Write(id, secret));
        }

        [Complexity(Limits.CallWeight)]
        [Description("Gives a key another secret, told once. The one it had stays good for a while, so that machines can change over without a break.")]
        public static async Task<ApiKeyPayload> RotateApiKey(
            IResolveFieldContext context, [FromServices] IGrainFactory grains, [Id, Description("Its id.")] string id, [Description("For how many days the old secret stays good, 0 to 7.")] int overlapDays = 1)
        {
            Limits.Check(overlapDays, 0, OverlapDaysMax, "overlapDays");
            if (await KeyOf(context, grains, id) is not { } grain) return Unknown(id);
            var secret = NewSecret();
            return await grain.Rotate(ApiKeyText.HashOf(secret), TimeSpan.FromDays(overlapDays)) is { } view ? new(view, ApiKeyText.Write(id, secret)) : new(RefusalReason.KeyRevoked, "id: expected a key that is not revoked");
        }

        [Complexity(Limits.CallWeight)]
        [Description("Ends a key at once. One that is revoked already stays so, since when it was.")]
        public static async Task<ApiKeyPayload> RevokeApiKey(IResolveFieldContext context, [FromServices] IGrainFactory grains, [FromServices] TimeProvider clock, [Id, Description("Its id.")] string id) =>
            await KeyOf(context, grains, id) is { } grain ? new((await grain.Revoke(clock.GetUtcNow()))!) : Unknown(id);

        static ApiKeyPayload Unknown(string id) => new(RefusalReason.KeyUnknown, $"id: expected the id of a key, found none under {id}");

        /// <summary>An enterprise's administrator makes keys for its machines and staff, not for further administrators.</summary>
        internal static async Task CheckKeys(IResolveFieldContext context, string? party, Role? role)
        {
            var viewer = context.Viewer();
            if (viewer.Caller.Reach(Right.ManageKeys) == Reach.All) return;
            if (party is null || await viewer.Own() is not { } own || own.Party != party) throw new NotAllowed(viewer.Caller, "party", party ?? "none");
            if (role is { } asked and not (Role.Device or Role.Reporter or Role.Quality)) throw new NotAllowed(viewer.Caller, "role", RoleNames.Of(asked));
        }

        /// <summary>A key that the caller may change; null where there is none.</summary>
        static async Task<IApiKeyGrain?> KeyOf(IResolveFieldContext context, IGrainFactory grains, string id)
        {
            if (!ApiKeyText.IsId(id)) throw new BadInput("id", "expected the id of a key, 32 hexadecimal digits");
            var grain = grains.GetGrain<IApiKeyGrain>(ApiKeyKey.Of(id));
            if (await grain.View() is not { } view) return null;
            await CheckKeys(context, view.Order.Caller.Party, view.Order.Caller.Role);
            return grain;
        }

        static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
    }
}
