namespace TraceGrains.Domain.Recalls;

/// <summary>A level of the chain: how far down a recall goes (21 CFR 7.42(b)(1)), and where a consignee stands.</summary>
public enum RecallDepth
{
    /// <summary>Wholesalers: everybody between the maker and the retailers.</summary>
    Wholesale = 1,
    /// <summary>Retailers and others who hand goods to users, such as hospitals and canteens; as a depth, whoever is before them too.</summary>
    Retail = 2,
    /// <summary>Consumers and users; as a depth, whoever is before them too.</summary>
    Consumer = 3,
}
