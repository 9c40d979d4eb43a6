using System.Text;
using System.Text.Json;
using TraceGrains.Domain.Events;
using TraceGrains.Domain.Events.Xml;
using TraceGrains.Tests;

namespace TraceGrains.Domain.Tests.Events;

/// <summary>GS1's test case requirements TCR-53 and TCR-54, the steps that capture.</summary>
public class TestCaseRequirementsTests
{
    const string Set2 = """
        <ObjectEvent><eventTime>2026-03-04T11:00:30Z</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset><epcList><epc>urn:epc:id:sgtin:0614141.107346.2017</epc></epcList><action>OBSERVE</action>
        <sensorElementList><sensorElement><sensorMetadata INMETADATA/><sensorReport type="gs1:Temperature" value="26.0" uom="CEL" INREPORT/></sensorElement></sensorElementList></ObjectEvent>
        """;

    const string Inline = "time=\"2026-03-04T11:00:00Z\" deviceID=\"urn:epc:id:giai:4000001.111\" deviceMetadata=\"https://m.example.com/1\" rawData=\"https://r.example.com/1\" dataProcessingMethod=\"https://d.example.com/1\"";

    static string Association(string parts, string action) => $"""
        <AssociationEvent><eventTime>2026-03-04T11:00:30Z</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset>{parts}<action>{action}</action></AssociationEvent>
        """;

    static ReadDocument Read(params string[] events) => EpcisXml.ReadDocument(Encoding.UTF8.GetBytes(XmlSamples.Text(events)));

    [Fact]
    public void TCR_53_1_Every_field_of_sensor_data_is_kept_and_so_are_ones_own_at_each_level()
    {
        static string Attributes(SensorFields fields) => string.Concat(Enumerable.Range(0, fields.Count).Select(at => $" {fields.NameOf(at)}=\"{Sample(fields.ShapeOf(at))}\""));
        var read = Read(Set2.Replace("INMETADATA", Attributes(SensorFields.Metadata) + " ex:m=\"1\"", StringComparison.Ordinal)
            .Replace("<sensorReport type=\"gs1:Temperature\" value=\"26.0\" uom=\"CEL\" INREPORT/>", $"<sensorReport{Attributes(SensorFields.Report)} ex:r=\"2\"/><ex:e>3</ex:e>", StringComparison.Ordinal));

        Assert.Empty(read.Problems);
        using var json = JsonDocument.Parse(read.Events[0].Json);
        var element = json.RootElement.GetProperty("sensorElementList")[0];
        foreach (var (fields, value) in new[] { (SensorFields.Metadata, element.GetProperty("sensorMetadata")), (SensorFields.Report, element.GetProperty("sensorReport")[0]) })
            for (var at = 0; at < fields.Count; at++)
                Assert.Equal(Sample(fields.ShapeOf(at)), value.GetProperty(fields.NameOf(at)).ToString().Replace("True", "true", StringComparison.Ordinal));
        Assert.Equal(["1", "2", "3"], [element.GetProperty("sensorMetadata").GetProperty("ex:m").GetString(), element.GetProperty("sensorReport")[0].GetProperty("ex:r").GetString(), element.GetProperty("ex:e").GetString()]);
        Assert.Null(XmlFiles.Difference(read.Events[0], EpcisXml.ReadDocument(XmlFiles.Written(read.Events)).Events.Single()));
    }

    static string Sample(SensorShape shape) => shape switch
    {
        SensorShape.Text => "a text",
        SensorShape.Uri => "https://ns.example.com/uri",
        SensorShape.Device => "urn:epc:id:giai:4000001.111",
        SensorShape.Time => "2026-03-04T11:00:00Z",
        SensorShape.Number => "12.50",
        SensorShape.Boolean => "true",
        SensorShape.Hex => "f0f0",
        SensorShape.Measurement => "gs1:Temperature",
        SensorShape.Alert => "gs1:ALARM_CONDITION",
        _ => "urn:epcglobal:cbv:comp:x",
    };

    [Fact]
    public void TCR_53_27_Device_time_and_method_stay_where_they_were_given()
    {
        var read = Read(Set2.Replace("INMETADATA", Inline, StringComparison.Ordinal).Replace("INREPORT", "", StringComparison.Ordinal),
            Set2.Replace("INREPORT", Inline, StringComparison.Ordinal).Replace("INMETADATA", "", StringComparison.Ordinal));

        Assert.Empty(read.Problems);
        Assert.Equal(2, read.Events.Select(Epcis.Hash).Distinct().Count());
        Assert.Equal(["https://id.gs1.org/8004/4000001111"], read.Events[0].Event.SensorDevices);
        Assert.Equal(["https://id.gs1.org/8004/4000001111"], read.Events[1].Event.SensorDevices);
        Assert.Contains("\"sensorMetadata\":{\"time\":\"2026-03-04T11:00:00Z\",\"deviceID\"", Encoding.UTF8.GetString(read.Events[0].Json.Span), StringComparison.Ordinal);
        Assert.Contains("\"sensorMetadata\":{}", Encoding.UTF8.GetString(read.Events[1].Json.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void TCR_54_2_A_place_may_be_the_parent() => Assert.Empty(Read(
        Association("<parentID>urn:epc:id:sgln:0614141.07346.1234</parentID><childEPCs><epc>urn:epc:id:giai:4000001.12345</epc></childEPCs>", "ADD")).Problems);

    [Theory]
    [InlineData("ADD")]
    [InlineData("DELETE")]
    public void TCR_54_3_Without_a_parent_it_is_refused(string action) => Assert.Equal("parentID",
        Assert.Single(Read(Association("<childEPCs><epc>urn:epc:id:giai:4000001.12345</epc></childEPCs>", action)).Problems).Field);

    [Theory]
    [InlineData("ADD")]
    [InlineData("OBSERVE")]
    public void TCR_54_4_Without_children_it_is_refused(string action) => Assert.Contains("childEPCs or childQuantityList",
        Assert.Single(Read(Association("<parentID>urn:epc:id:grai:4012345.55555.98765</parentID>", action)).Problems).Expected, StringComparison.Ordinal);
}
