using System.Collections.Frozen;

namespace TraceGrains.Domain.Events;

/// <summary>What a member of a sensor element holds.</summary>
enum SensorShape { Text, Uri, Device, Time, Number, Boolean, Hex, Measurement, Alert, Component }

/// <summary>The members of sensorMetadata and of a sensorReport, in the order in which the event hash takes them.</summary>
sealed class SensorFields
{
    public static readonly SensorFields Metadata = new(
        ("time", SensorShape.Time), ("startTime", SensorShape.Time), ("endTime", SensorShape.Time), ("deviceID", SensorShape.Device),
        ("deviceMetadata", SensorShape.Uri), ("rawData", SensorShape.Uri), ("dataProcessingMethod", SensorShape.Uri), ("bizRules", SensorShape.Uri));

    public static readonly SensorFields Report = new(
        ("type", SensorShape.Measurement), ("exception", SensorShape.Alert), ("deviceID", SensorShape.Device), ("deviceMetadata", SensorShape.Uri),
        ("rawData", SensorShape.Uri), ("dataProcessingMethod", SensorShape.Uri), ("bizRules", SensorShape.Uri), ("time", SensorShape.Time),
        ("microorganism", SensorShape.Uri), ("chemicalSubstance", SensorShape.Uri), ("value", SensorShape.Number), ("component", SensorShape.Component),
        ("stringValue", SensorShape.Text), ("booleanValue", SensorShape.Boolean), ("hexBinaryValue", SensorShape.Hex), ("uriValue", SensorShape.Uri),
        ("minValue", SensorShape.Number), ("maxValue", SensorShape.Number), ("meanValue", SensorShape.Number), ("sDev", SensorShape.Number),
        ("percRank", SensorShape.Number), ("percValue", SensorShape.Number), ("uom", SensorShape.Text), ("coordinateReferenceSystem", SensorShape.Uri));

    readonly (string Name, SensorShape Shape)[] fields;
    readonly FrozenDictionary<string, int> placeOf;

    SensorFields(params (string Name, SensorShape Shape)[] fields)
    {
        this.fields = fields;
        placeOf = fields.Select((field, at) => (field.Name, at)).ToFrozenDictionary(pair => pair.Name, pair => pair.at, StringComparer.Ordinal);
    }

    public int Count => fields.Length;

    public string NameOf(int place) => fields[place].Name;

    public SensorShape ShapeOf(int place) => fields[place].Shape;

    /// <summary>The place of a member, or -1 when the standard does not know it.</summary>
    public int Find(string name) => placeOf.GetValueOrDefault(name, -1);
}
