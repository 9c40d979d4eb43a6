using TraceGrains.Domain.Access.Revocations;

namespace TraceGrains.Domain.Tests.Access;

public sealed class RevocationRulesTests
{
    static readonly DateTimeOffset now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    static Revocation Token(string id, string? subject = null, int hours = 1, int at = 0) => new() { TokenId = id, Subject = subject, At = now.AddHours(at), Until = now.AddHours(at + hours) };

    static Revocation All(string subject, int at = 0) => new() { Subject = subject, At = now.AddHours(at), Until = now.AddHours(at) + RevocationRules.LongestLife };

    static TokenIdentity Issued(string id, string subject, double seconds = 0) => new(id, subject, now.AddSeconds(seconds), now.AddDays(1));

    [Fact]
    public void A_token_is_covered_by_its_id_or_by_its_account_up_to_the_second()
    {
        var set = new RevocationSet([Token("a"), Token("b", "owner"), All("gone"), All("gone", -1)]);
        Assert.True(set.Covers(Issued("a", "anybody", 60)));
        Assert.True(set.Covers(Issued("x", "gone", -3600)));
        Assert.True(set.Covers(Issued("x", "gone")));
        Assert.False(set.Covers(Issued("x", "gone", 1)));
        // Whose token somebody ended has others.
        Assert.False(set.Covers(Issued("x", "owner", -3600)));
        Assert.False(set.Covers(Issued("A", "Gone", -3600)));
    }

    [Fact]
    public void What_is_over_is_forgotten_and_not_before()
    {
        var list = RevocationRules.Add([Token("a", hours: 1), Token("b", hours: 3)], Token("c", at: 1), isOwn: false)!;
        Assert.Equal(["b", "c"], list.Select(one => one.TokenId));
        list = RevocationRules.Add([All("s")], Token("c", at: 366 * 24 - 1), isOwn: false)!;
        Assert.Equal(2, list.Count);
    }

    [Fact]
    public void The_first_word_about_a_token_counts()
    {
        var first = Token("a", hours: 5);
        Assert.Same(first, Assert.Single(RevocationRules.Add([first], Token("a", hours: 1), isOwn: true)!));
    }

    [Fact]
    public void All_of_an_account_stand_in_the_place_of_what_was_said_of_it_before()
    {
        var list = RevocationRules.Add([Token("a", "s"), Token("b"), Token("c", "other"), All("s", -1), All("other")], All("s"), isOwn: false)!;
        Assert.Equal([("b", null), ("c", "other"), (null, "other"), (null, "s")], list.Select(one => (one.TokenId, one.Subject)));
    }

    [Fact]
    public void People_who_end_their_own_leave_room_for_administrators()
    {
        IReadOnlyList<Revocation> list = [.. Enumerable.Range(0, RevocationRules.OwnMax).Select(i => Token($"{i}", "s"))];
        Assert.Null(RevocationRules.Add(list, Token("x", "s"), isOwn: true));
        list = RevocationRules.Add(list, Token("x"), isOwn: false)!;
        Assert.Equal(RevocationRules.OwnMax + 1, list.Count);
        list = [.. list, .. Enumerable.Range(0, RevocationRules.Max - list.Count).Select(i => Token($"more {i}"))];
        Assert.Null(RevocationRules.Add(list, Token("y"), isOwn: false));
        // One word about the account that filled it makes room.
        Assert.Equal(RevocationRules.Max - RevocationRules.OwnMax + 1, RevocationRules.Add(list, All("s"), isOwn: false)!.Count);
    }
}
