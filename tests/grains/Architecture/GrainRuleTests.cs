using System.Reflection;
using TraceGrains.Contracts.Access;
using TraceGrains.Contracts.Custody;
using TraceGrains.Contracts.Labels;
using TraceGrains.Contracts.Recalls;
using TraceGrains.Contracts.Subscriptions;
using TraceGrains.Domain.Lineage;
using TraceGrains.Grains.Recalls;
using TraceGrains.Grains.Tests.Cluster;
using TraceGrains.Ledger;

namespace TraceGrains.Grains.Tests.Architecture;

/// <summary>What keeps names on the wire and in storage stable: without them a renamed type or a moved method breaks running silos and stored state.</summary>
public sealed class GrainRuleTests
{
    static readonly Type[] types = [.. new[] { typeof(EventToRecord).Assembly, typeof(IUnitGrain).Assembly, typeof(ILedger).Assembly, typeof(CaseStorage).Assembly }
        .SelectMany(assembly => assembly.GetTypes()).Where(type => type.Namespace?.StartsWith("TraceGrains", StringComparison.Ordinal) == true)];

    static readonly Type[] interfaces = [.. types.Where(type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type))];
    static readonly Type[] grains = [.. types.Where(type => type.IsClass && !type.IsAbstract && typeof(Grain).IsAssignableFrom(type))];
    static readonly Type[] serialised = [.. types.Where(type => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))];

    static string? AliasOf(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias;

    static void AreUnique(IEnumerable<string> names) => Assert.Empty(names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key));

    [Fact]
    public void There_is_something_to_look_at() => Assert.True(interfaces.Length >= 11 && grains.Length >= 11 && serialised.Length >= 30, $"{interfaces.Length} {grains.Length} {serialised.Length}");

    [Fact]
    public void Every_grain_interface_and_method_has_an_alias_of_its_own()
    {
        Assert.Empty(interfaces.Where(type => AliasOf(type) is null).Select(type => type.Name));
        Assert.Empty(interfaces.SelectMany(type => type.GetMethods()).Where(method => AliasOf(method) is null).Select(method => $"{method.DeclaringType!.Name}.{method.Name}"));
        foreach (var type in interfaces) AreUnique(type.GetMethods().Select(AliasOf)!);
    }

    [Fact]
    public void Every_serialised_type_has_an_alias_of_its_own_and_its_members_ids_are_unique()
    {
        Assert.Empty(serialised.Where(type => AliasOf(type) is null).Select(type => type.Name));
        AreUnique(serialised.Concat(interfaces).Select(AliasOf)!);
        foreach (var type in serialised)
            AreUnique(type.GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Select(member => member.GetCustomAttribute<IdAttribute>()).OfType<IdAttribute>().Select(id => $"{type.Name} {id.Id}"));
    }

    [Fact]
    public void Failures_of_the_ledger_reach_callers_on_other_silos() =>
        Assert.Empty(types.Where(type => typeof(Exception).IsAssignableFrom(type) && type.IsPublic && !serialised.Contains(type)).Select(type => type.Name));

    /// <summary>The ADO.NET provider's key lacks the grain's type: two classes with one state name would share rows.</summary>
    [Fact]
    public void Every_grain_class_has_state_names_of_its_own()
    {
        var names = grains.SelectMany(StateNames).ToList();
        Assert.NotEmpty(names);
        AreUnique(names);
        Assert.DoesNotContain("state", names);
        Assert.Empty(grains.Where(type => type.BaseType is { IsGenericType: true } parent && parent.GetGenericTypeDefinition() == typeof(Grain<>)).Select(type => type.Name));
    }

    /// <summary>The provider reads a text key that is all hexadecimal as a number, so that different keys meet in one row.</summary>
    [Fact]
    public void Keys_that_go_to_storage_begin_with_a_letter_that_is_no_hexadecimal_digit()
    {
        Dictionary<Type, string> keys = new()
        {
            [typeof(IRecallGrain)] = Silos.RecallId("1"), [typeof(ISubscriptionGrain)] = SubscriptionKey.Of("1"), [typeof(ISerialIssueGrain)] = "issue:0", [typeof(IProductSerialsGrain)] = Told.Milk,
            [typeof(IRegistrationGrain)] = Told.Shop, [typeof(IGrantsGrain)] = Told.Shop, [typeof(IApiKeyGrain)] = ApiKeyKey.Of("1"), [typeof(IApiKeyListGrain)] = IApiKeyListGrain.Nobody,
        };
        Assert.All(keys.Values, key => Assert.False(Uri.IsHexDigit(key[0]), key));
        var stored = grains.Where(type => StateNames(type).Any() && typeof(IGrainWithStringKey).IsAssignableFrom(type)).ToList();
        Assert.Equal(keys.Count, stored.Count);
        Assert.All(stored, type => Assert.Contains(keys.Keys, key => key.IsAssignableFrom(type)));
    }

    /// <summary>
    /// A dashboard may call grain methods that have no parameters and answer what looks like the grain's state, so none of them may change what others see.
    /// Those listed only read, or repeat work that is harmless at any time.
    /// </summary>
    [Fact]
    public void No_method_without_parameters_changes_what_others_see()
    {
        string[] harmless =
        [
            "ISequencerGrain.Head", "IRecallGrain.View", "IRecallGrain.PutOnRecord", "IRecallGrain.Rescope", "IRecallGrain.Rework", "IRecallCaseGrain.Checks", "IRecallCaseGrain.Drill", "IRecallCaseGrain.Pulse", "IRecallCaseGrain.View", "IRecallCasesGrain.Pulse", "IHoldGrain.View", "IRecallRegistryGrain.All", "IRecallRegistryGrain.ReworkAll",
            "ICaptureJobGrain.Resume", "ICaptureJobKeeperGrain.TakeUp", "ISerialIssueGrain.View", "ISubscriptionGrain.View", "ITransparencyGrain.Keys", "ITransparencyGrain.Pulse", "IApiKeyGrain.View", "IApiKeyListGrain.All", "IGrantsGrain.Given", "IGrantsGrain.Received", "IRegistrationGrain.View",
        ];
        Assert.Equal(harmless.Order(StringComparer.Ordinal), interfaces.SelectMany(type => type.GetMethods()).Where(method => method.GetParameters().Length == 0)
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}").Distinct().Order(StringComparer.Ordinal));
        Assert.DoesNotContain(interfaces.SelectMany(type => type.GetMethods()), method => method.Name == "GetState");
    }

    static IEnumerable<string> StateNames(Type grain) => grain.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.GetCustomAttribute<PersistentStateAttribute>()).OfType<PersistentStateAttribute>()
        .Select(state => state.StateName);
}
