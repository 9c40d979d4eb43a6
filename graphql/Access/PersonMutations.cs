using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Access;
using TraceGrains.Domain.Access;

namespace TraceGrains.GraphQL;

public sealed partial class Mutation
{
    [Complexity(Limits.CallWeight)]
    [Description("Erases a person's name: wherever a field names persons (who acts in a case, a witness, a consignee, who answered a check, who placed or released a hold) it reads \"(erased)\" from now on, and nothing kept here tells who it was. No hash changes. False where the name is not kept. Texts in which people write what they like stay, and so does what was recorded before names were kept apart.")]
    public static Task<bool> ErasePerson([FromServices] IGrainFactory grains, [Description("The name, exactly as it is shown.")] string name) =>
        grains.GetGrain<IPersonsGrain>(0).Erase(PersonName.Tidy(name));
}
