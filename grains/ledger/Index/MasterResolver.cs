using TraceGrains.Domain.Queries;

namespace TraceGrains.Ledger.Index;

/// <summary>Answers what a query asks of master data, as it stood at a place in the ledger.</summary>
static class MasterResolver
{
    /// <summary>Codes one question may come to; more makes the query too complex.</summary>
    public const int CodesMax = 10_000;

    /// <summary>The query with its questions answered; null when one of them comes to too many codes.</summary>
    public static async Task<EventQuery?> Resolve(EventQuery query, IMasterDataIndex masters, long throughSequence, CancellationToken stop)
    {
        if (query.Questions.Count == 0)
            return query;
        var answers = new List<IReadOnlyCollection<string>>();
        foreach (var question in query.Questions)
        {
            var found = question switch
            {
                MasterQuestion.Descendants asked => await Descendants(asked, masters, throughSequence, stop),
                MasterQuestion.WithAttribute asked => await WithAttribute(asked, masters, throughSequence, stop),
                _ => throw new NotSupportedException(question.GetType().Name),
            };
            if (found.Count > CodesMax)
                return null;
            answers.Add(found);
        }
        return query.Resolve(answers);
    }

    static async Task<IReadOnlyCollection<string>> Descendants(MasterQuestion.Descendants asked, IMasterDataIndex masters, long throughSequence, CancellationToken stop)
    {
        var found = new HashSet<string>(asked.Codes, StringComparer.Ordinal);
        // A circle of children ends where nothing new comes.
        for (IReadOnlyList<string> wave = [.. found]; wave.Count > 0 && found.Count <= CodesMax;)
            wave = [.. (await masters.ReadMasters(wave, throughSequence, stop)).SelectMany(record => record.Children).Where(found.Add)];
        return found;
    }

    static async Task<IReadOnlyCollection<string>> WithAttribute(MasterQuestion.WithAttribute asked, IMasterDataIndex masters, long throughSequence, CancellationToken stop)
    {
        // Whoever ever had the attribute; then whoever has it now.
        var ever = await masters.FindMasters(asked.Attributes, asked.Values, CodesMax + 1, stop);
        if (ever.Count > CodesMax)
            return ever;
        var now = await masters.ReadMasters(ever, throughSequence, stop);
        return [.. now.Where(record => record.Attributes.Any(attribute => asked.Attributes.Contains(attribute.Key) && (asked.Values is null || asked.Values.Contains(attribute.Value))))
            .Select(record => record.Id).Distinct(StringComparer.Ordinal)];
    }
}
