using System.Diagnostics.CodeAnalysis;
using TraceGrains.Domain.Identity;
using TraceGrains.GraphQL.Errors;

namespace TraceGrains.GraphQL;

/// <summary>Every code that comes in as an argument passes here once; behind it there are only canonical codes.</summary>
static class Codes
{
    public static Identification Identify(string code, string field) =>
        Identifier.TryIdentify(code, out var identified, out var error) ? identified : throw new BadInput(field, error);

    [return: NotNullIfNotNull(nameof(code))]
    public static string? Canonical(string? code, string field) => code is null ? null : Identify(code, field).Code;
}
