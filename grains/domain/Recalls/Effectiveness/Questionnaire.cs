using System.Globalization;

namespace TraceGrains.Domain.Recalls.Effectiveness;

/// <summary>How a question is answered.</summary>
public enum AnswerKind
{
    /// <summary><c>yes</c> or <c>no</c>.</summary>
    YesNo = 1,
    /// <summary>An amount, 0 or more, with a point for decimals.</summary>
    Quantity = 2,
    /// <summary>One of the choices.</summary>
    Choice = 3,
    /// <summary>Words, up to 2,000 characters.</summary>
    Text = 4,
    /// <summary>A time as ISO 8601 with an offset.</summary>
    Time = 5,
}

/// <summary>What an answer says about the recall.</summary>
public enum CheckMeasure
{
    /// <summary>Somebody was reached who can answer.</summary>
    Reached = 1,
    /// <summary>They had been told of the recall.</summary>
    Notified = 2,
    /// <summary>They did what the notice asks for.</summary>
    Acted = 3,
    /// <summary>They told those they had passed goods to.</summary>
    PassedOn = 4,
    /// <summary>What they had when they were told.</summary>
    QuantityFound = 5,
    /// <summary>What of it was still for sale or in use when they were checked.</summary>
    QuantityLeft = 6,
}

/// <summary>A question.</summary>
/// <param name="Id">Its name in answers.</param>
/// <param name="Text">What is asked.</param>
/// <param name="Kind">How it is answered.</param>
/// <param name="Required">Whether it has to be answered where it is asked.</param>
/// <param name="Measures">What the answer says about the recall; null when nothing that is counted.</param>
/// <param name="AskIf">It is asked only where this question was answered <c>yes</c>; null: always.</param>
/// <param name="Choices">Of a choice: what can be chosen.</param>
/// <param name="NamesPerson">Whether the answer names a person: then it is kept apart.</param>
public sealed record CheckQuestion(
    string Id, LocalText Text, AnswerKind Kind, bool Required, CheckMeasure? Measures = null, string? AskIf = null, IReadOnlyDictionary<string, LocalText>? Choices = null, bool NamesPerson = false);

/// <summary>The questions of an effectiveness check, and how its answers are read.</summary>
/// <param name="Questions">In the order in which they are asked.</param>
/// <param name="Source">What they follow.</param>
public sealed record Questionnaire(IReadOnlyList<CheckQuestion> Questions, string Source)
{
    /// <summary>Characters of an answer.</summary>
    public const int TextMax = 2_000;

    /// <summary>The committed questions.</summary>
    public static Questionnaire Standard { get; } =
        RecallData.TryRead<Questionnaire>(RecallData.Resource("effectiveness-questions.json"), out var read, out var problem) && (problem = read.Problem()) is null ? read
            : throw new InvalidDataException($"effectiveness-questions.json: {problem}");

    /// <summary>What is wrong with the questions themselves; null when they may be used.</summary>
    public FieldProblem? Problem()
    {
        for (var i = 0; i < Questions.Count; i++)
        {
            var (question, before) = (Questions[i], Questions.Take(i).ToArray());
            if (before.Any(other => other.Id == question.Id)) return new($"questions[{i}].id", $"expected each id once; {question.Id} comes again");
            if (question.AskIf is { } askIf && !before.Any(other => other.Id == askIf && other.Kind == AnswerKind.YesNo)) return new($"questions[{i}].askIf", $"expected a yes-no question before this one; found {askIf}");
            if (question.Kind == AnswerKind.Choice != question.Choices is { Count: > 1 }) return new($"questions[{i}].choices", "expected at least two choices of a choice, and none otherwise");
            if (question.NamesPerson && question.Kind != AnswerKind.Text) return new($"questions[{i}].namesPerson", $"expected a name to be asked for in words; found {question.Kind}");
            if (question.Measures is not { } measures) continue;
            if (before.Any(other => other.Measures == measures)) return new($"questions[{i}].measures", $"expected each measure once; {measures} comes again");
            if (question.Kind != (measures >= CheckMeasure.QuantityFound ? AnswerKind.Quantity : AnswerKind.YesNo)) return new($"questions[{i}].kind", $"expected the kind of answer that {measures} is counted from; found {question.Kind}");
        }
        return null;
    }

    /// <summary>All that is wrong with some answers, by question; nothing when they may be recorded.</summary>
    public IReadOnlyList<FieldProblem> Problems(IReadOnlyDictionary<string, string> answers)
    {
        var problems = answers.Keys.Where(id => Questions.All(question => question.Id != id)).Select(id => new FieldProblem($"answers.{id}", "expected an answer to a question of this questionnaire; it has none of this id")).ToList();
        foreach (var question in Questions)
        {
            var (path, isAsked) = ($"answers.{question.Id}", IsAsked(question, answers));
            if (!answers.TryGetValue(question.Id, out var answer))
            {
                if (isAsked && question.Required) problems.Add(new(path, $"expected {Expected(question)}; found no answer"));
            }
            else if (!isAsked) problems.Add(new(path, $"expected none, since {question.AskIf} was not answered yes"));
            else if (!Fits(question, answer)) problems.Add(new(path, $"expected {Expected(question)}; found {(answer.Length <= 40 ? answer : answer[..40] + "…")}"));
        }
        return problems;
    }

    /// <summary>Whether the answer to a question names a person.</summary>
    public bool NamesPerson(string id) => Questions.Any(question => question.NamesPerson && question.Id == id);

    internal bool IsYes(CheckMeasure measure, IReadOnlyDictionary<string, string> answers) => Answer(measure, answers) == "yes";

    internal decimal? Amount(CheckMeasure measure, IReadOnlyDictionary<string, string> answers) => Answer(measure, answers) is { } text && TryAmount(text, out var amount) ? amount : null;

    string? Answer(CheckMeasure measure, IReadOnlyDictionary<string, string> answers) => Questions.FirstOrDefault(one => one.Measures == measure) is { } question ? answers.GetValueOrDefault(question.Id) : null;

    /// <summary>Whether a question is asked, given the answers before it.</summary>
    public bool IsAsked(CheckQuestion question, IReadOnlyDictionary<string, string> answers) =>
        question.AskIf is not { } id || answers.GetValueOrDefault(id) == "yes" && IsAsked(Questions.First(other => other.Id == id), answers);

    static bool Fits(CheckQuestion question, string answer) => question.Kind switch
    {
        AnswerKind.YesNo => answer is "yes" or "no",
        AnswerKind.Quantity => TryAmount(answer, out _),
        AnswerKind.Choice => question.Choices!.ContainsKey(answer),
        AnswerKind.Time => DateTimeOffset.TryParseExact(answer, (string[])["yyyy-MM-ddTHH:mmzzz", "yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-ddTHH:mmZ", "yyyy-MM-ddTHH:mm:ssZ"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
        _ => answer.Length is > 0 and <= TextMax,
    };

    static bool TryAmount(string text, out decimal amount) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount);

    static string Expected(CheckQuestion question) => question.Kind switch
    {
        AnswerKind.YesNo => "yes or no",
        AnswerKind.Quantity => "an amount, 0 or more",
        AnswerKind.Choice => $"one of {string.Join(", ", question.Choices!.Keys)}",
        AnswerKind.Time => "a time with an offset such as 2026-03-02T09:00+08:00",
        _ => $"1 to {TextMax} characters",
    };
}
