namespace TraceGrains.Contracts.Lineage;

/// <summary>
/// The activation that was asked has been replaced by another and does not know what that one knows. It has answered nothing and is going; ask again.
/// </summary>
[GenerateSerializer]
[Alias("tg.OutOfDate")]
public sealed class OutOfDateException(string message) : Exception(message);
