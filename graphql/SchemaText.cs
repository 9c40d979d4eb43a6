using GraphQL;
using GraphQL.Types;
using GraphQL.Utilities;

namespace TraceGrains.GraphQL;

/// <summary>The schema as text (SDL), members in alphabetical order, so that the committed copy changes only where the schema does.</summary>
public sealed class SchemaText(ISchema schema)
{
    readonly Lazy<string> sdl = new(() =>
        schema.Print(new PrintOptions { StringComparison = StringComparison.Ordinal }).ReplaceLineEndings("\n").TrimEnd() + "\n");

    /// <summary>The text; ends with a line break.</summary>
    public string Sdl => sdl.Value;
}
