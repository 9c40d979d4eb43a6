using System.ComponentModel;
using GraphQL;
using TraceGrains.Contracts.Access;
using TraceGrains.Domain.Access;

namespace TraceGrains.GraphQL;

public sealed partial class Mutation
{
    [Complexity(Limits.CallWeight)]
    [Description("Erases a person's name: in the files of recall cases it reads \"(erased)\" from now on, and nothing kept here tells who it was. No hash changes. False where the name is not kept. Events that carry names in other fields keep them.")]
    public static Task<bool> ErasePerson([FromServices] IGrainFactory grains, [Description("The name, exactly as it was given.")] string name) =>
        grains.GetGrain<IPersonsGrain>(0).Erase(PersonName.Tidy(name));
}
