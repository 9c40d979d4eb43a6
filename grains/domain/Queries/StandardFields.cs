using System.Collections.Frozen;

namespace TraceGrains.Domain.Queries;

/// <summary>What values a field of the standard takes in a query.</summary>
enum FieldKind { Text, Uri, Code, Time, Number, Boolean, Action, BizStep, Disposition, ErrorReason, Measurement, Alert, Component }

/// <summary>A field of the standard that a query may name.</summary>
/// <param name="Term">The field as events are indexed by it.</param>
/// <param name="Kind">What its values are.</param>
sealed record StandardField(string Term, FieldKind Kind);

/// <summary>The fields that <c>SimpleEventQuery</c> names without a namespace (EPCIS 2.0, 8.2.7.1 and <c>query-schema.json</c>).</summary>
static class StandardFields
{
    /// <summary>Where a field of one's own may stand, as the parameters spell it.</summary>
    public static readonly string[] Scopes = ["ILMD", "ERROR_DECLARATION", "SENSORELEMENT", "SENSORMETADATA", "SENSORREPORT", TermFields.ReadPoint, TermFields.BizLocation];

    static readonly FrozenDictionary<string, StandardField> All = new Dictionary<string, StandardField>(StringComparer.Ordinal)
    {
        ["eventTime"] = new(TermFields.EventTime, FieldKind.Time),
        ["recordTime"] = new(TermFields.RecordTime, FieldKind.Time),
        ["action"] = new(TermFields.Action, FieldKind.Action),
        ["bizStep"] = new(TermFields.BizStep, FieldKind.BizStep),
        ["disposition"] = new(TermFields.Disposition, FieldKind.Disposition),
        ["persistentDisposition_set"] = new(TermFields.PersistentSet, FieldKind.Disposition),
        ["persistentDisposition_unset"] = new(TermFields.PersistentUnset, FieldKind.Disposition),
        ["readPoint"] = new(TermFields.ReadPoint, FieldKind.Code),
        ["bizLocation"] = new(TermFields.BizLocation, FieldKind.Code),
        ["transformationID"] = new(TermFields.TransformationId, FieldKind.Uri),
        ["eventID"] = new(TermFields.EventId, FieldKind.Text),
        ["quantity"] = new(TermFields.Quantity, FieldKind.Number),
        ["errorReason"] = new(TermFields.ErrorReason, FieldKind.ErrorReason),
        ["correctiveEventID"] = new(TermFields.CorrectiveEventId, FieldKind.Text),
        ["errorDeclarationTime"] = new(TermFields.ErrorDeclarationTime, FieldKind.Time),
        // The published JSON schema spells it so; the OpenAPI and the standard's text do not.
        ["errorDeclaration_Time"] = new(TermFields.ErrorDeclarationTime, FieldKind.Time),
        ["certificationInfo"] = new(TermFields.CertificationInfo, FieldKind.Uri),

        ["time"] = new("time", FieldKind.Time), ["startTime"] = new("startTime", FieldKind.Time), ["endTime"] = new("endTime", FieldKind.Time),
        ["type"] = new("type", FieldKind.Measurement), ["exception"] = new("exception", FieldKind.Alert), ["component"] = new("component", FieldKind.Component),
        ["deviceID"] = new("deviceID", FieldKind.Uri), ["deviceMetadata"] = new("deviceMetadata", FieldKind.Uri), ["rawData"] = new("rawData", FieldKind.Uri),
        ["dataProcessingMethod"] = new("dataProcessingMethod", FieldKind.Uri), ["bizRules"] = new("bizRules", FieldKind.Uri),
        ["microorganism"] = new("microorganism", FieldKind.Uri), ["chemicalSubstance"] = new("chemicalSubstance", FieldKind.Uri),
        ["coordinateReferenceSystem"] = new("coordinateReferenceSystem", FieldKind.Uri),
        ["stringValue"] = new("stringValue", FieldKind.Text), ["hexBinaryValue"] = new("hexBinaryValue", FieldKind.Text), ["uriValue"] = new("uriValue", FieldKind.Uri),
        ["booleanValue"] = new("booleanValue", FieldKind.Boolean),
        ["value"] = new("value", FieldKind.Number), ["minValue"] = new("minValue", FieldKind.Number), ["maxValue"] = new("maxValue", FieldKind.Number),
        ["meanValue"] = new("meanValue", FieldKind.Number), ["sDev"] = new("sDev", FieldKind.Number), ["percRank"] = new("percRank", FieldKind.Number),
        ["percValue"] = new("percValue", FieldKind.Number), ["uom"] = new("uom", FieldKind.Text),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The field of that name; null when the standard has none.</summary>
    public static StandardField? Find(string name) => All.GetValueOrDefault(name);
}
