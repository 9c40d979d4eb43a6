namespace TraceGrains.Domain.Events.Xml;

/// <summary>An element with all that is in it. One event at a time is held in this way.</summary>
sealed class XmlItem(string space, string local, string prefix)
{
    static readonly List<XmlItem> None = [];
    static readonly List<XmlMark> Unmarked = [];

    public string Space { get; } = space;

    public string Local { get; } = local;

    public string Prefix { get; } = prefix;

    /// <summary>Its text without the white space around it.</summary>
    public string Text { get; set; } = "";

    public List<XmlItem> Children { get; private set; } = None;

    /// <summary>Its attributes, namespace declarations apart.</summary>
    public List<XmlMark> Marks { get; private set; } = Unmarked;

    /// <summary>The namespaces it declares: prefix and namespace.</summary>
    public List<(string Prefix, string Space)>? Declared { get; set; }

    /// <summary>The name as it stands in the document.</summary>
    public string Name => Prefix.Length == 0 ? Local : $"{Prefix}:{Local}";

    public void Add(XmlItem child)
    {
        if (ReferenceEquals(Children, None))
            Children = [];
        Children.Add(child);
    }

    public void Add(XmlMark mark)
    {
        if (ReferenceEquals(Marks, Unmarked))
            Marks = [];
        Marks.Add(mark);
    }

    /// <summary>An attribute without namespace; null when there is none.</summary>
    public string? Mark(string local)
    {
        foreach (var mark in Marks)
            if (mark.Space.Length == 0 && mark.Local == local)
                return mark.Value;
        return null;
    }

    /// <summary>What an attribute of XML Schema instances (<c>xsi:nil</c>, <c>xsi:type</c>) says; null when there is none.</summary>
    public string? Instance(string local)
    {
        foreach (var mark in Marks)
            if (mark.Space == XmlNames.Instance && mark.Local == local)
                return mark.Value;
        return null;
    }

    public bool IsNil => Instance("nil") is "true" or "1";
}

/// <summary>An attribute.</summary>
readonly record struct XmlMark(string Space, string Local, string Prefix, string Value)
{
    public string Name => Prefix.Length == 0 ? Local : $"{Prefix}:{Local}";
}
