using System.Globalization;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Access.Revocations;
using TraceGrains.Silo.Access;

namespace TraceGrains.Silo.Commands;

/// <summary>Signs a token with the silo's own key. Whoever can read the key file can be anybody; that is what makes the first administrator.</summary>
sealed class TokenCommand : ICommand
{
    const int DaysDefault = 30, DaysMax = RevocationRules.LongestDays;

    public string Name => "token";
    public string Usage => "token --role ROLE [--party CODE] [--district CODE] [--name NAME] [--days N]";
    public string Summary => $"prints a bearer token, signed with the key in the data folder (--data, --access:key); roles: {RoleNames.Expected}";

    public Task<int> Run(CommandContext context)
    {
        if (context.Words.Count > 0) throw new ArgumentException($"token: expected options only; found '{context.Words[0]}'");
        var role = RoleNames.Find(context.Configuration["role"]) ?? throw new ArgumentException($"--role: expected one of {RoleNames.Expected}; found {(context.Configuration["role"] is { } found ? $"'{found}'" : "nothing")}");
        var days = context.Configuration["days"] is not { } text ? DaysDefault
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= DaysMax ? number
            : throw new ArgumentException($"--days: expected 1 to {DaysMax}; found '{text}'");
        var made = Tokens.Make(role, context.Configuration["name"] ?? RoleNames.Of(role), context.Configuration["party"], context.Configuration["district"], new("--role", "--party", "--district"));
        var caller = made.Caller ?? throw new ArgumentException(made.Problem);
        var options = AccessOptions.Read(context.Configuration);
        using var issuer = LocalIssuer.Open(options.KeyFile, mayMake: context.Configuration["access:key"] is null);
        var id = Guid.NewGuid().ToString();
        context.Out.WriteLine(issuer.Mint(caller, options.Audience, TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(days), id));
        // Not among the output, which is the token alone.
        context.Error.WriteLine($"token {id}: to end it before its time, mutation {{ revokeToken(id: \"{id}\") {{ refusal {{ message }} }} }}");
        return Task.FromResult(0);
    }
}
