namespace TraceGrains.Domain.Events.Xml;

/// <summary>The QuantityEvent of EPCIS 1.0, which 1.1 replaced: the same as an ObjectEvent that observes one quantity (EPCIS 1.1, 7.4.5).</summary>
static class XmlQuantityEvent
{
    public static XmlItem AsObjectEvent(XmlItem e)
    {
        var result = new XmlItem(e.Space, "ObjectEvent", e.Prefix) { Text = e.Text, Declared = e.Declared };
        foreach (var mark in e.Marks)
            result.Add(mark);
        var (list, element) = (new XmlItem("", "quantityList", ""), new XmlItem("", "quantityElement", ""));
        foreach (var part in e.Children)
            if (part.Local is "epcClass" or "quantity" && part.Space == e.Space)
                element.Add(part);
            else
                result.Add(part);
        list.Add(element);
        result.Add(list);
        result.Add(new XmlItem("", "action", "") { Text = "OBSERVE" });
        return result;
    }
}
