using System.ComponentModel;
using System.Globalization;
using GraphQL;
using TraceGrains.Contracts.Access;
using TraceGrains.Domain.Access;
using TraceGrains.GraphQL.Access;
using TraceGrains.GraphQL.Errors;
using TraceGrains.GraphQL.Lineage;

namespace TraceGrains.GraphQL.Access
{
    [Description("An entry of the audit log: what somebody read or did, or was not let.")]
    public sealed class AuditLogEntry(AuditView view)
    {
        [Description("Its place in the log, from 1.")]
        public long Number => view.Number;

        [Description("When.")]
        public DateTimeOffset Time => view.Time;

        [Description("The account or key; anonymous for nobody in particular.")]
        public string Subject => view.Subject;

        [Description("As what they asked.")]
        public string Role => RoleNames.Of(view.Role);

        [Description("The enterprise for which they acted, or the district they supervise; null for others.")]
        public string? Party => view.Party;

        [Description("What kind of request: query, mutation, subscription, or an HTTP method and the pattern of its path.")]
        public string Action => view.Action;

        [Description("What it was about: codes and ids.")]
        public string Target => view.Target;

        [Description("'ok', or the code of what went wrong.")]
        public string Outcome => view.Outcome;

        [Description("What else is known: the name of an operation, where a capture stands, what credentials lacked.")]
        public string Detail => view.Detail;

        [Description("SHA-256 over the entry before and this one, hexadecimal.")]
        public string Hash => view.Hash;
    }

    [Description("A page of the audit log.")]
    public sealed class AuditLogPage(IReadOnlyList<AuditView> entries, string? next)
    {
        [Description("The entries, oldest first.")]
        public IReadOnlyList<AuditLogEntry> Nodes => [.. entries.Select(view => new AuditLogEntry(view))];

        [Description("Where the next page starts.")]
        public PageInfo PageInfo => new(next);
    }

    [Description("Whether the audit log holds, hashed again from its first entry.")]
    public sealed class AuditLogVerdict(AuditVerdict verdict)
    {
        [Description("Whether every entry follows from the one before.")]
        public bool Holds => verdict.BrokenAt is null;

        [Description("How many entries hold, from the first.")]
        public long Checked => verdict.Checked;

        [Description("The first entry that does not follow from the one before, or is gone although it was written; null when all is there and holds.")]
        public long? BrokenAt => verdict.BrokenAt;

        [Description("Hash of the last entry that holds, hexadecimal. Keep some elsewhere: a log that was cut short or written anew does not come to them any more.")]
        public string Head => verdict.Head;
    }
}

namespace TraceGrains.GraphQL
{
    public sealed partial class Query
    {
        [Complexity(Limits.PreviewWeight)]
        [Description("Who read or did what, oldest first.")]
        public static async Task<AuditLogPage> AuditLog(
            [FromServices] IGrainFactory grains,
            [Description("How many at most, 0 to 1,000.")] int first = 100,
            [Description("Entries after this cursor (pageInfo.endCursor of the page before); from the first, when left out.")] string? after = null,
            [Description("Only of this account or key.")] string? subject = null,
            [Description("Only for this enterprise, in any spelling, or district.")] string? party = null,
            [Description("Only actions that begin so, such as mutation, or POST /epcis.")] string? action = null,
            [Description("Not before.")] DateTimeOffset? from = null,
            [Description("Before.")] DateTimeOffset? until = null)
        {
            Limits.Check(first, 0, Limits.LinksMax, "first");
            var number = 0L;
            if (after is not null && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out number)) throw new BadInput("after", "expected pageInfo.endCursor of the page before, found another text");
            var question = new AuditQuestion { Subject = subject, Party = party is null || Territory.IsCode(party) ? party : Codes.Canonical(party, "party"), Action = action, From = from, Until = until };
            var found = await grains.GetGrain<IAuditGrain>(0).Read(number, first + 1, question);
            var page = found.Take(first).ToList();
            return new(page, found.Length > first && first > 0 ? page[^1].Number.ToString(CultureInfo.InvariantCulture) : null);
        }

        [Complexity(Limits.PreviewWeight)]
        [Description("Hashes the audit log again.")]
        public static async Task<AuditLogVerdict> VerifyAuditLog([FromServices] IGrainFactory grains, CancellationToken cancellation) => new(await grains.GetGrain<IAuditGrain>(0).Verify(cancellation).WaitAsync(cancellation));
    }
}
