using TraceGrains.Domain.Queries;

namespace TraceGrains.Domain.Tests.Queries;

/// <summary>What each parameter finds (EPCIS 2.0, 8.2.7.1), whichever way codes, terms and units are spelt.</summary>
public sealed class EventQueryTests
{
    const string Shipping = """
        "type":"ObjectEvent","eventTime":"2026-03-04T11:00:30.000+08:00","eventTimeZoneOffset":"+08:00","action":"ADD","bizStep":"urn:epcglobal:cbv:bizstep:shipping",
        "disposition":"in_transit","persistentDisposition":{"set":["completeness_verified"],"unset":["damaged"]},
        "epcList":["urn:epc:id:sgtin:0614141.107346.2017","urn:epc:id:sscc:0614141.1234567890","urn:epc:id:grai:0614141.12345.400"],
        "quantityList":[{"epcClass":"urn:epc:class:lgtin:4012345.012345.998877","quantity":200.5,"uom":"KGM"},{"epcClass":"urn:epc:idpat:sgtin:4012345.098765.*","quantity":3}],
        "readPoint":{"id":"urn:epc:id:sgln:0614141.07346.1234","ex:dock":"7"},"bizLocation":{"id":"urn:epc:id:sgln:0614141.07346.0"},
        "bizTransactionList":[{"type":"po","bizTransaction":"http://transaction.acme.com/po/1"}],
        "sourceList":[{"type":"owning_party","source":"urn:epc:id:pgln:4012345.00001"}],"destinationList":[{"type":"location","destination":"urn:epc:id:sgln:0614141.00001.0"}],
        "ilmd":{"ex:harvest":{"ex:plot":"P7","ex:weight":12.50},"cbvmda:lotNumber":"007"},
        "ex:grade":"A","ex:temperature":4.5,"ex:checked":"2026-03-04T11:00:00+08:00","ex:crate":{"ex:colour":"red"}
        """;

    const string Sensor = """
        "type":"ObjectEvent","eventTime":"2026-03-04T11:00:30.000+08:00","eventTimeZoneOffset":"+08:00","action":"OBSERVE","epcList":["urn:epc:id:sgtin:0614141.107346.2017"],
        "sensorElementList":[{"sensorMetadata":{"time":"2026-03-04T10:00:00+08:00","startTime":"2026-03-04T09:00:00+08:00","deviceID":"urn:epc:id:giai:4000001.111","bizRules":"https://example.com/rules","ex:m":"meta"},
        "sensorReport":[{"type":"Temperature","value":26.0,"uom":"CEL","minValue":25.5,"sDev":0.1,"ex:r":"report"},{"type":"RelativeHumidity","value":12.1,"uom":"A93","stringValue":"SomeString","booleanValue":true,
        "hexBinaryValue":"f0f0f0","uriValue":"https://id.gs1.org/8004/401234599999","percRank":50,"dataProcessingMethod":"https://example.com/method"}],"ex:e":5}]
        """;

    const string Transformation = """
        "type":"TransformationEvent","eventTime":"2026-03-04T11:00:30.000+08:00","eventTimeZoneOffset":"+08:00","transformationID":"urn:epc:id:gdti:0614141.12345.400",
        "inputEPCList":["urn:epc:id:sgtin:4012345.011122.25"],"inputQuantityList":[{"epcClass":"urn:epc:class:lgtin:4012345.011111.4444","quantity":10,"uom":"KGM"}],
        "outputEPCList":["urn:epc:id:sgtin:4012345.077889.25"],"outputQuantityList":[{"epcClass":"urn:epc:class:lgtin:4012345.077889.L1","quantity":5000,"uom":"GRM"}]
        """;

    const string Declared = """
        "type":"ObjectEvent","eventID":"urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8","eventTime":"2026-03-04T11:00:30.000+08:00","eventTimeZoneOffset":"+08:00","action":"OBSERVE",
        "epcList":["urn:epc:id:sgtin:0614141.107346.2017"],
        "errorDeclaration":{"declarationTime":"2026-03-05T00:00:00Z","reason":"incorrect_data","correctiveEventIDs":["urn:uuid:404d95fc-9457-4a51-bd6a-0bba133845a8"],"ex:who":"me"}
        """;

    [Theory]
    [InlineData("""{ "eventType": ["ObjectEvent"] }""", true), InlineData("""{ "eventType": ["AggregationEvent", "https://example.com/MyEvent"] }""", false)]
    [InlineData("""{ "GE_eventTime": "2026-03-04T03:00:30Z" }""", true), InlineData("""{ "LT_eventTime": "2026-03-04T11:00:30+08:00" }""", false)]
    [InlineData("""{ "GE_recordTime": "2026-03-04T03:00:31Z", "LT_recordTime": "2026-03-04T03:00:32Z" }""", true), InlineData("""{ "LT_recordTime": "2026-03-04T03:00:31Z" }""", false)]
    [InlineData("""{ "EQ_action": ["ADD", "OBSERVE"] }""", true), InlineData("""{ "EQ_action": ["DELETE"] }""", false)]
    [InlineData("""{ "EQ_bizStep": ["shipping"] }""", true), InlineData("""{ "EQ_bizStep": ["https://ref.gs1.org/cbv/BizStep-shipping"] }""", true)]
    [InlineData("""{ "EQ_bizStep": ["cbv:BizStep-shipping"] }""", true), InlineData("""{ "EQ_bizStep": ["receiving"] }""", false)]
    [InlineData("""{ "EQ_disposition": ["urn:epcglobal:cbv:disp:in_transit"] }""", true), InlineData("""{ "EQ_disposition": ["active"] }""", false)]
    [InlineData("""{ "EQ_persistentDisposition_set": ["completeness_verified"] }""", true), InlineData("""{ "EQ_persistentDisposition_set": ["damaged"] }""", false)]
    [InlineData("""{ "EQ_persistentDisposition_unset": ["damaged"] }""", true)]
    [InlineData("""{ "EQ_readPoint": ["https://id.gs1.org/414/0614141073467/254/1234"] }""", true), InlineData("""{ "EQ_readPoint": ["urn:epc:id:sgln:0614141.07346.0"] }""", false)]
    [InlineData("""{ "EQ_bizLocation": ["https://example.com/414/0614141073467"] }""", true)]
    [InlineData("""{ "EQ_bizTransaction_po": ["http://transaction.acme.com/po/1"] }""", true), InlineData("""{ "EQ_bizTransaction_inv": ["http://transaction.acme.com/po/1"] }""", false)]
    [InlineData("""{ "EQ_bizTransaction_urn:epcglobal:cbv:btt:po": ["http://transaction.acme.com/po/1"] }""", true)]
    [InlineData("""{ "EQ_source_owning_party": ["https://id.gs1.org/417/4012345000016"] }""", true), InlineData("""{ "EQ_source_possessing_party": ["https://id.gs1.org/417/4012345000016"] }""", false)]
    [InlineData("""{ "EQ_destination_location": ["urn:epc:id:sgln:0614141.00001.0"] }""", true)]
    [InlineData("""{ "MATCH_epc": ["https://id.gs1.org/01/10614141073464/21/2017"] }""", true), InlineData("""{ "MATCH_epc": ["https://id.gs1.org/01/10614141073464/21/2018"] }""", false)]
    [InlineData("""{ "MATCH_epc": ["urn:epc:idpat:sgtin:0614141.107346.*"] }""", true), InlineData("""{ "MATCH_epc": ["https://id.gs1.org/01/10614141073464"] }""", true)]
    [InlineData("""{ "MATCH_epc": ["urn:epc:idpat:sgtin:0614141.*.*"] }""", true), InlineData("""{ "MATCH_epc": ["urn:epc:idpat:sgtin:061414.*.*"] }""", true)]
    [InlineData("""{ "MATCH_epc": ["urn:epc:idpat:sgtin:0614142.*.*"] }""", false), InlineData("""{ "MATCH_epc": ["urn:epc:idpat:sgtin:*.*.*"] }""", true)]
    [InlineData("""{ "MATCH_epc": ["urn:epc:idpat:sscc:0614141.*"] }""", true), InlineData("""{ "MATCH_epc": ["urn:epc:idpat:giai:0614141.*"] }""", false)]
    [InlineData("""{ "MATCH_epc": ["urn:epc:idpat:grai:0614141.12345.*"] }""", true), InlineData("""{ "MATCH_epc": ["urn:epc:idpat:grai:0614141.*.*"] }""", true)]
    [InlineData("""{ "MATCH_anyEPC": ["urn:epc:id:sscc:0614141.1234567890"] }""", true), InlineData("""{ "MATCH_parentID": ["urn:epc:id:sscc:0614141.1234567890"] }""", false)]
    [InlineData("""{ "MATCH_epcClass": ["https://id.gs1.org/01/04012345123456/10/998878"] }""", false), InlineData("""{ "MATCH_epcClass": ["urn:epc:class:lgtin:4012345.012345.998877"] }""", true)]
    [InlineData("""{ "MATCH_epcClass": ["urn:epc:idpat:sgtin:4012345.012345.*"] }""", true), InlineData("""{ "MATCH_epcClass": ["urn:epc:idpat:lgtin:4012345.*.*"] }""", true)]
    [InlineData("""{ "MATCH_anyEPCClass": ["urn:epc:idpat:sgtin:4012345.098765.*"] }""", true), InlineData("""{ "MATCH_inputEPCClass": ["urn:epc:idpat:sgtin:4012345.098765.*"] }""", false)]
    [InlineData("""{ "MATCH_anyCode": ["urn:epc:idpat:sgtin:4012345.098765.*"] }""", true), InlineData("""{ "MATCH_anyCode": ["urn:epc:id:sgtin:0614141.107346.2017"] }""", true)]
    [InlineData("""{ "MATCH_anyCode": ["urn:epc:id:sgtin:0614141.107346.2018"] }""", false)]
    [InlineData("""{ "EQ_quantity": 200.50 }""", true), InlineData("""{ "GT_quantity": 200.5 }""", false), InlineData("""{ "LT_quantity": 4 }""", true)]
    [InlineData("""{ "EQ_quantity_GRM": 200500 }""", true), InlineData("""{ "GE_quantity_TNE": 0.2 }""", true), InlineData("""{ "GE_quantity_LTR": 0 }""", false)]
    [InlineData("""{ "EQ_ex:grade": "A", "@context": { "ex": "https://ns.example.com/" } }""", true), InlineData("""{ "EQ_ex:grade": ["B", "A"] }""", true)]
    [InlineData("""{ "EQ_https://ns.example.com#grade": "A" }""", true), InlineData("""{ "EQ_other:grade": "A", "@context": { "other": "https://ns.example.com/" } }""", true)]
    [InlineData("""{ "EQ_ex:grade": "A", "@context": { "ex": "https://another.example.com/" } }""", false), InlineData("""{ "EQ_ex:grade": "C" }""", false)]
    [InlineData("""{ "EQ_ex:temperature": 4.50 }""", true), InlineData("""{ "GT_ex:temperature": 4 }""", true), InlineData("""{ "GT_ex:temperature": 4.5 }""", false)]
    [InlineData("""{ "EQ_ex:checked": "2026-03-04T03:00:00Z" }""", true), InlineData("""{ "LT_ex:checked": "2026-03-04T03:00:00Z" }""", false)]
    [InlineData("""{ "EXISTS_ex:grade": null }""", true), InlineData("""{ "EXISTS_ex:nothing": null }""", false), InlineData("""{ "EXISTS_ex:crate": true }""", true)]
    [InlineData("""{ "EQ_INNER_ex:colour": "red" }""", true), InlineData("""{ "EQ_ex:colour": "red" }""", false), InlineData("""{ "EXISTS_INNER_ex:colour": null }""", true)]
    [InlineData("""{ "EQ_ILMD_cbvmda:lotNumber": "007" }""", true), InlineData("""{ "EQ_ILMD_cbvmda:lotNumber": "7" }""", false), InlineData("""{ "EQ_cbvmda:lotNumber": "007" }""", false)]
    [InlineData("""{ "EQ_ILMD_urn:epcglobal:cbv:mda#lotNumber": "007" }""", true)]
    [InlineData("""{ "EQ_INNER_ILMD_ex:plot": "P7" }""", true), InlineData("""{ "GE_INNER_ILMD_ex:weight": 12.5 }""", true), InlineData("""{ "GT_INNER_ILMD_ex:weight": 12.5 }""", false)]
    [InlineData("""{ "EQ_readPoint_ex:dock": "7" }""", true), InlineData("""{ "EQ_bizLocation_ex:dock": "7" }""", false)]
    [InlineData("""{ "EXISTS_errorDeclaration": null }""", false), InlineData("""{ "EXISTS_sensorElementList": null }""", false), InlineData("""{ "EXISTS_errorDeclaration": false }""", true)]
    public void ShippingEvent(string query, bool found) => Assert.Equal(found, Ask.Finds(query, Shipping));

    [Theory]
    [InlineData("""{ "EXISTS_sensorElementList": null }""", true), InlineData("""{ "EXISTS_sensorElement": null }""", true)]
    [InlineData("""{ "EQ_type": ["Temperature"] }""", true), InlineData("""{ "EQ_type": ["gs1:Temperature"] }""", true), InlineData("""{ "EQ_type": ["Speed"] }""", false)]
    [InlineData("""{ "EQ_value_CEL": 26 }""", true), InlineData("""{ "EQ_value_KEL": 299.15 }""", true), InlineData("""{ "EQ_value_FAH": 78.8 }""", true)]
    [InlineData("""{ "GE_value_KEL": 299.16 }""", false), InlineData("""{ "LT_value_KEL": 300 }""", true), InlineData("""{ "GE_value": 26 }""", true)]
    [InlineData("""{ "GE_minValue_CEL": 25.5 }""", true), InlineData("""{ "GE_maxValue_CEL": 0 }""", false), InlineData("""{ "LT_sDev": 0.2 }""", true)]
    [InlineData("""{ "GE_time": "2026-03-04T02:00:00Z", "LT_time": "2026-03-04T02:00:01Z" }""", true), InlineData("""{ "GE_startTime": "2026-03-04T01:00:01Z" }""", false)]
    [InlineData("""{ "EQ_deviceID": ["https://id.gs1.org/8004/4000001111"] }""", true), InlineData("""{ "EQ_bizRules": ["https://example.com/rules"] }""", true)]
    [InlineData("""{ "EQ_dataProcessingMethod": ["https://example.com/method"] }""", true), InlineData("""{ "EQ_stringValue": ["SomeString"] }""", true)]
    [InlineData("""{ "EQ_booleanValue": true }""", true), InlineData("""{ "EQ_booleanValue": false }""", false), InlineData("""{ "EQ_hexBinaryValue": ["f0f0f0"] }""", true)]
    [InlineData("""{ "EQ_uriValue": ["https://id.gs1.org/8004/401234599999"] }""", true), InlineData("""{ "GE_percRank": 50 }""", true)]
    [InlineData("""{ "EQ_SENSORREPORT_ex:r": "report" }""", true), InlineData("""{ "EQ_SENSORMETADATA_ex:m": "meta" }""", true), InlineData("""{ "EQ_SENSORELEMENT_ex:e": 5 }""", true)]
    [InlineData("""{ "GT_SENSORELEMENT_ex:e": 5 }""", false), InlineData("""{ "EXISTS_SENSORREPORT_ex:r": null }""", true), InlineData("""{ "EQ_SENSORELEMENT_ex:r": "report" }""", false)]
    [InlineData("""{ "EQ_type": ["Temperature"], "GE_value_KEL": 300 }""", false)]
    public void SensorEvent(string query, bool found) => Assert.Equal(found, Ask.Finds(query, Sensor));

    [Theory]
    [InlineData("""{ "MATCH_inputEPC": ["urn:epc:id:sgtin:4012345.011122.25"] }""", true), InlineData("""{ "MATCH_outputEPC": ["urn:epc:id:sgtin:4012345.011122.25"] }""", false)]
    [InlineData("""{ "MATCH_outputEPC": ["urn:epc:id:sgtin:4012345.077889.25"] }""", true), InlineData("""{ "MATCH_anyEPC": ["urn:epc:id:sgtin:4012345.077889.25"] }""", true)]
    [InlineData("""{ "MATCH_inputEPCClass": ["urn:epc:class:lgtin:4012345.011111.4444"] }""", true), InlineData("""{ "MATCH_outputEPCClass": ["urn:epc:class:lgtin:4012345.011111.4444"] }""", false)]
    [InlineData("""{ "MATCH_anyEPCClass": ["urn:epc:class:lgtin:4012345.077889.L1"] }""", true), InlineData("""{ "MATCH_epc": ["urn:epc:id:sgtin:4012345.077889.25"] }""", false)]
    [InlineData("""{ "EQ_transformationID": ["urn:epc:id:gdti:0614141.12345.400"] }""", true), InlineData("""{ "EQ_action": ["ADD"] }""", false)]
    [InlineData("""{ "EQ_quantity_KGM": 5 }""", true), InlineData("""{ "EQ_quantity_KGM": 7 }""", false)]
    public void TransformationEvent(string query, bool found) => Assert.Equal(found, Ask.Finds(query, Transformation));

    [Theory]
    [InlineData("""{ "EXISTS_errorDeclaration": null }""", true), InlineData("""{ "EQ_errorReason": ["incorrect_data"] }""", true), InlineData("""{ "EQ_errorReason": ["did_not_occur"] }""", false)]
    [InlineData("""{ "GE_errorDeclarationTime": "2026-03-05T00:00:00Z" }""", true), InlineData("""{ "LT_errorDeclaration_Time": "2026-03-05T00:00:00Z" }""", false)]
    [InlineData("""{ "EQ_correctiveEventID": ["urn:uuid:404d95fc-9457-4a51-bd6a-0bba133845a8"] }""", true)]
    [InlineData("""{ "EQ_eventID": ["urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8"] }""", true), InlineData("""{ "EQ_eventID": ["urn:uuid:404d95fc-9457-4a51-bd6a-0bba133845a8"] }""", false)]
    [InlineData("""{ "EQ_ERROR_DECLARATION_ex:who": "me" }""", true)]
    public void DeclaredEvent(string query, bool found) => Assert.Equal(found, Ask.Finds(query, Declared));

    [Fact]
    public void AttributesOfMasterData_StandForTheCodesThatHaveThem()
    {
        var query = Ask.Query("""{ "EQATTR_bizLocation_urn:epcglobal:cbv:mda:city": ["Fuling"], "WD_readPoint": ["urn:epc:id:sgln:0614141.07346.0"] }""");
        Assert.Equal(2, query.Questions.Count);
        Assert.Equal(["urn:epcglobal:cbv:mda:city"], Assert.IsType<MasterQuestion.WithAttribute>(query.Questions[0]).Attributes);
        var terms = Ask.Terms(Shipping);
        string[] here = ["https://id.gs1.org/414/0614141073467"], dock = ["https://id.gs1.org/414/0614141073467/254/1234"];
        Assert.True(query.Resolve([here, dock]).Matches(terms));
        Assert.False(query.Resolve([here, here]).Matches(terms));
        Assert.False(query.Resolve([[], dock]).Matches(terms));
    }

    [Fact]
    public void AttributesOfAProduct_HoldForItsUnitsAndLots()
    {
        var terms = Ask.Terms(Shipping);
        Assert.True(Ask.Query("""{ "HASATTR_epc": ["urn:x:a"] }""").Resolve([["https://id.gs1.org/01/10614141073464"]]).Matches(terms));
        Assert.True(Ask.Query("""{ "HASATTR_epcClass": ["urn:x:a"] }""").Resolve([["https://id.gs1.org/01/04012345123456"]]).Matches(terms));
        Assert.False(Ask.Query("""{ "HASATTR_inputEPCClass": ["urn:x:a"] }""").Resolve([["https://id.gs1.org/01/04012345123456"]]).Matches(terms));
    }
}
