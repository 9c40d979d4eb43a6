using System.ComponentModel;
using TraceGrains.Contracts.Queries;

namespace TraceGrains.GraphQL.MasterData;

[Description("What captured master data says of a location, party or product, by one vocabulary.")]
public sealed class MasterRecord(MasterView view)
{
    [Description("Canonical code.")]
    public string Code => view.Code;

    [Description("The vocabulary it was given in, such as urn:epcglobal:epcis:vtype:BusinessLocation.")]
    public string Vocabulary => view.Vocabulary;

    [Description("What it says, in the order of the document.")]
    public IReadOnlyList<MasterAttribute> Attributes => [.. view.AttributeIds.Zip(view.AttributeValues, (id, value) => new MasterAttribute(id, value))];

    [Description("Codes that lie directly under it.")]
    public IReadOnlyList<string> Children => view.Children;

    [Description("The district it is in, by its attribute urn:tracegrains:voc:district; null when it has none.")]
    public District? District =>
        view.AttributeIds.AsSpan().IndexOf(Domain.Districts.District.AttributeId) is >= 0 and var at && Domain.Districts.District.Find(view.AttributeValues[at]) is { } found ? new(found) : null;

    [Description("Ledger sequence of the record: later ones take its place.")]
    public long Sequence => view.Sequence;

    [Description("When it was recorded.")]
    public DateTimeOffset RecordTime => view.RecordTime;
}

[Description("One attribute of master data.")]
public sealed class MasterAttribute(string id, string value)
{
    [Description("What it is about, a URI, such as urn:epcglobal:cbv:mda:city.")]
    public string Id => id;

    [Description("Its value as text; a structured one as JSON.")]
    public string Value => value;
}
