namespace TraceGrains.Grains;

/// <summary>Grain state that is never ahead of what is stored.</summary>
static class StoredState
{
    /// <summary>Stores another state in place of the one there is. Where that fails, memory keeps what it had: it must not say what storage does not.</summary>
    public static async Task Become<T>(this IPersistentState<T> stored, T next)
    {
        var before = stored.State;
        stored.State = next;
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            stored.State = before;
            throw;
        }
    }
}
