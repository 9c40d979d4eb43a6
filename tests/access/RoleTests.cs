using TraceGrains.Domain.Access;

namespace TraceGrains.Access.Tests;

/// <summary>Every REST endpoint for every role: 2xx or another answer of its own where the role may, 401 for nobody in particular, 403 for others.</summary>
public sealed class RoleTests(Guarded silo)
{
    const string Party = "urn:ex:party:roles";

    static readonly (Role Role, char Letter)[] roles =
    [
        (Role.Device, 'd'), (Role.Reporter, 'r'), (Role.Quality, 'q'), (Role.EnterpriseAdmin, 'e'), (Role.DistrictRegulator, 'D'), (Role.CityRegulator, 'C'), (Role.Administrator, 'A'), (Role.Auditor, 'U'),
    ];

    [Theory]
    [InlineData("GET", "/epcis/events", "rqeDCAU")]
    [InlineData("GET", "/epcis/events/urn:uuid:none", "rqeDCAU")]
    [InlineData("GET", "/epcis/epcs", "rqeDCAU")]
    [InlineData("GET", "/epcis", "rqeDCAU")]
    [InlineData("GET", "/epcis/bizLocations", "rqeDCAU")]
    [InlineData("GET", "/epcis/bizSteps/shipping/events", "rqeDCAU")]
    [InlineData("DELETE", "/epcis/nextPageToken/none", "rqeDCAU")]
    [InlineData("GET", "/epcis/queries", "rqeDCAU")]
    [InlineData("POST", "/epcis/queries", "rqeDCAU")]
    [InlineData("DELETE", "/epcis/queries/none", "rqeDCAU")]
    [InlineData("GET", "/epcis/queries/none/events", "rqeDCAU")]
    [InlineData("GET", "/epcis/queries/none/subscriptions", "rqeDCAU")]
    [InlineData("POST", "/epcis/queries/none/subscriptions", "rqeDCAU")]
    [InlineData("PATCH", "/epcis/queries/none/subscriptions/none", "rqeDCAU")]
    [InlineData("DELETE", "/epcis/queries/none/subscriptions/none", "rqeDCAU")]
    [InlineData("GET", "/epcis/queries/none/subscriptions/none/deadLetters", "rqeDCAU")]
    [InlineData("POST", "/epcis/capture", "drqeA")]
    [InlineData("POST", "/epcis/events", "drqeA")]
    // However a path is spelt, it leads to the same endpoint.
    [InlineData("POST", "/epcis/events/", "drqeA")]
    [InlineData("POST", "/EPCIS/Events/", "drqeA")]
    [InlineData("POST", "/epcis/%65vents", "drqeA")]
    [InlineData("POST", "/epcis/capture/", "drqeA")]
    [InlineData("GET", "/epcis/capture", "drqeA")]
    [InlineData("GET", "/epcis/capture/none", "drqeA")]
    [InlineData("GET", "/may-move?code=urn:ex:1&step=shipping", "drqeDCA")]
    [InlineData("POST", "/may-move", "drqeDCA")]
    [InlineData("POST", "/labels/serials", "rqeA")]
    [InlineData("GET", "/labels/serials/0192d3a4-7a7e-7cc1-9c3e-000000000001", "rqeA")]
    [InlineData("GET", "/recall-reports/none/status", "DCAU")]
    [InlineData("GET", "/identify?text=1", "cdrqeDCAU")]
    [InlineData("GET", "/01/09506000134352", "cdrqeDCAU")]
    [InlineData("GET", "/recall-status/https%3A%2F%2Fid.gs1.org%2F01%2F09506000134352", "cdrqeDCAU")]
    [InlineData("GET", "/transparency/keys", "cdrqeDCAU")]
    [InlineData("GET", "/transparency/tree-head", "cdrqeDCAU")]
    [InlineData("GET", "/transparency/inclusion?eventId=urn:uuid:none", "cdrqeDCAU")]
    [InlineData("GET", "/transparency/proof?eventId=urn:uuid:none", "rqeDCAU")]
    [InlineData("GET", "/labels/sheet?code=https://id.gs1.org/01/09506000134352", "cdrqeDCAU")]
    [InlineData("GET", "/recall-answer/none", "cdrqeDCAU")]
    [InlineData("GET", "/labels/qr?code=https://id.gs1.org/01/09506000134352", "cdrqeDCAU")]
    [InlineData("GET", "/health/live", "cdrqeDCAU")]
    [InlineData("GET", "/graphql/schema.graphql", "cdrqeDCAU")]
    [InlineData("GET", "/sign-in", "cdrqeDCAU")]
    [InlineData("GET", "/console", "cdrqeDCAU")]
    [InlineData("OPTIONS", "/epcis/events", "cdrqeDCAU")]
    [InlineData("OPTIONS", "/epcis/capture", "cdrqeDCAU")]
    [InlineData("OPTIONS", "/epcis/queries", "cdrqeDCAU")]
    public async Task An_endpoint_is_for_whom_the_table_says(string method, string path, string may)
    {
        var body = method is "POST" or "PATCH" ? "{}" : null;
        var found = (await silo.Send(new(method), path, null, body)).Status;
        Assert.True(may.Contains('c') ? found is not (401 or 403) : found == 401, $"nobody: {found}");
        foreach (var (role, letter) in roles)
        {
            var (status, said, _) = await silo.Send(new(method), path, silo.Token(role, RoleNames.IsOfEnterprise(role) ? Party : null, role == Role.DistrictRegulator ? "500103" : null), body);
            Assert.True(may.Contains(letter) ? status is not (401 or 403) : status == 403, $"{role}: {status} {said}");
        }
    }
}
