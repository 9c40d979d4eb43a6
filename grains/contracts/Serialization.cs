using Orleans;
using TraceGrains.Domain.Lineage;

// Serializers of the domain records that travel between grains are generated here; the domain itself holds only the attributes.
[assembly: GenerateCodeForDeclaringAssembly(typeof(EventToRecord))]
