namespace TraceGrains.Domain.Tests.Identity;

static class SeedTexts
{
    public const string Right = "渝优1号\n重庆某种业有限公司\nCQ2024A00000017\nhttp://seed.example/t/CQ2024A00000017";
}
