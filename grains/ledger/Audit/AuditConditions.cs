using System.Text;

namespace TraceGrains.Ledger.Audit;

/// <summary>A filter as SQL, alike for every engine but for how parameters are called.</summary>
static class AuditConditions
{
    /// <param name="filter">The filter.</param>
    /// <param name="mark">What a parameter's number stands behind.</param>
    /// <param name="from">The number of the first parameter.</param>
    /// <param name="values">Values of the parameters that are there already.</param>
    public static (string Conditions, object[] Values) Of(AuditFilter filter, string mark, int from, params object[] values)
    {
        var (sql, all) = (new StringBuilder(), values.ToList());
        void Add(string condition, object? value)
        {
            if (value is null) return;
            sql.Append(" AND ").Append(condition.Replace("?", mark + (from + all.Count).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
            all.Add(value);
        }
        Add("subject = ?", filter.Subject);
        Add("party = ?", filter.Party);
        Add("substr(action, 1, length(?)) = ?", filter.Action);
        Add("time >= ?", filter.From?.ToUnixTimeMilliseconds());
        Add("time < ?", filter.Until?.ToUnixTimeMilliseconds());
        return (sql.ToString(), [.. all]);
    }
}
