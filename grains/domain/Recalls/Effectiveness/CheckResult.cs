using System.Diagnostics.CodeAnalysis;

namespace TraceGrains.Domain.Recalls.Effectiveness;

/// <summary>How a check was made.</summary>
public enum CheckMethod
{
    /// <summary>On the spot.</summary>
    Visit = 1,
    /// <summary>By telephone.</summary>
    Telephone = 2,
    /// <summary>By letter or e-mail.</summary>
    Letter = 3,
    /// <summary>Through this system.</summary>
    System = 4,
}

/// <summary>What came of the check of one consignee.</summary>
public sealed record CheckResult
{
    /// <summary>Code of the consignee.</summary>
    public required string Code { get; init; }
    /// <summary>When it was checked; of several checks of one consignee the latest counts.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>How.</summary>
    public required CheckMethod Method { get; init; }
    /// <summary>Answers by question.</summary>
    public required Dictionary<string, string> Answers { get; init; }
    /// <summary>Somebody was reached who can answer.</summary>
    public bool Reached { get; init; }
    /// <summary>They had been told of the recall.</summary>
    public bool Notified { get; init; }
    /// <summary>They did what the notice asks for, and nothing is left for sale or in use.</summary>
    public bool Acted { get; init; }
    /// <summary>What they had when they were told; null when not told.</summary>
    public decimal? QuantityFound { get; init; }
    /// <summary>What of it is still for sale or in use; null when not told.</summary>
    public decimal? QuantityLeft { get; init; }
    /// <summary>Whether goods went on to others who were not told.</summary>
    public bool IsChainBroken { get; init; }

    /// <summary>Reached, told, acted, and nobody behind them left untold: for this consignee the recall worked.</summary>
    public bool IsEffective => Reached && Notified && Acted && !IsChainBroken;

    /// <summary>The result that answers tell. False with all that is wrong with them.</summary>
    public static bool TryRead(Questionnaire questions, string code, DateTimeOffset at, CheckMethod method, IReadOnlyDictionary<string, string> answers, [NotNullWhen(true)] out CheckResult? result,
        out IReadOnlyList<FieldProblem> problems)
    {
        result = null;
        problems = questions.Problems(answers);
        if (problems.Count > 0) return false;
        var left = questions.Amount(CheckMeasure.QuantityLeft, answers);
        var passedOn = questions.Questions.FirstOrDefault(question => question.Measures == CheckMeasure.PassedOn);
        result = new()
        {
            Code = code, At = at, Method = method, Answers = answers.ToDictionary(), Reached = questions.IsYes(CheckMeasure.Reached, answers), Notified = questions.IsYes(CheckMeasure.Notified, answers),
            // Who says "done" while goods are still on the shelf has not done it.
            Acted = questions.IsYes(CheckMeasure.Acted, answers) && (left ?? 0) == 0,
            QuantityFound = questions.Amount(CheckMeasure.QuantityFound, answers), QuantityLeft = left,
            IsChainBroken = passedOn is not null && answers.GetValueOrDefault(passedOn.Id) == "no",
        };
        return true;
    }
}
