using System.ComponentModel;

namespace TraceGrains.GraphQL;

[Description("Questions about things, their lineage, events and recalls. Every code may be given in any spelling; answers carry canonical codes.")]
public sealed partial class Query;
