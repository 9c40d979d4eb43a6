using System.ComponentModel;
using GraphQL;

namespace TraceGrains.GraphQL.Nodes;

[Name("Node")]
[Description("Whatever can be asked for again by one id, which no two things share, whatever their types (Global Object Identification). The field is called nodeId because id is a word of the trade: an event shares its id with its corrections, a case with its recall.")]
public interface INode
{
    [Id]
    [Description("What 'node' takes. Good for ever; not meant to be read.")]
    string NodeId { get; }
}
