using GraphQL;

namespace TraceGrains.GraphQL.Errors;

/// <summary>An argument that cannot be meant: which one, what belongs there, what was there.</summary>
sealed class BadInput : ExecutionError
{
    public BadInput(string field, string message) : base($"{field}: {message}")
    {
        Code = "BAD_USER_INPUT";
        Extensions = new Dictionary<string, object?> { ["field"] = field };
    }
}
