using System.Buffers.Text;
using TraceGrains.Contracts.Custody;
using TraceGrains.Contracts.Transparency;
using TraceGrains.Domain.Access;
using TraceGrains.Domain.Identity;
using TraceGrains.GraphQL.Access;
using TraceGrains.Ledger;
using TraceGrains.Silo.Access;

namespace TraceGrains.Silo.Transparency;

/// <summary>The transparency log over REST: heads, proofs, keys, and proof files to take away.</summary>
static class TransparencyEndpoints
{
    public static void MapTransparency(this IEndpointRouteBuilder routes)
    {
        var log = routes.MapGroup("/transparency").Requires(Right.ReadPublic);
        log.MapGet("/tree-head", (IGrainFactory grains) => Head(grains, null));
        log.MapGet("/tree-head/{size:long:min(1)}", (long size, IGrainFactory grains) => Head(grains, size));
        log.MapGet("/inclusion", Inclusion);
        log.MapGet("/consistency", Consistency);
        // Everything else here is hashes; a proof to take away carries the event.
        log.MapGet("/proof", Proof).Audited().Requires(Right.ReadCustody);
        log.MapGet("/keys", Keys);
        log.MapGet("/keys/{keyId}.pem", KeyAsPem);
    }

    static ITransparencyGrain Log(IGrainFactory grains) => grains.GetGrain<ITransparencyGrain>(0);

    static async Task<IResult> Head(IGrainFactory grains, long? size) => await Log(grains).Head(size) is { } head
        ? Results.Ok(head)
        : Problem(StatusCodes.Status404NotFound, "No such tree head", size is null ? "no tree head has been signed yet: the ledger is empty, or the first is due within the cadence" : $"size: expected the size of a signed tree head; there is none of {size}");

    static async Task<IResult> Inclusion(IGrainFactory grains, string? eventId, string? sequence, string? treeSize)
    {
        if (!TryNumber(treeSize, "treeSize", out var size, out var wrong)) return wrong;
        var (place, problem) = await Find(grains, eventId, sequence);
        if (problem is not null) return problem;
        var answer = await Log(grains).Inclusion(place, size);
        return answer.Refused == TransparencyRefusal.None
            ? Results.Ok(new { sequence = place, answer.EventHash, answer.LeafIndex, answer.Path, treeHead = answer.Head })
            : Refused(answer.Refused, answer.Message);
    }

    static async Task<IResult> Consistency(IGrainFactory grains, string? from, string? to)
    {
        if (!TryNumber(from, "from", out var older, out var wrong) || !TryNumber(to, "to", out var newer, out wrong)) return wrong;
        if (older is null || newer is null) return BadRequest($"{(older is null ? "from" : "to")}: expected the size of a signed tree head, found nothing");
        var answer = await Log(grains).Consistency(older.Value, newer.Value);
        return answer.Refused == TransparencyRefusal.None ? Results.Ok(new { answer.Path, answer.From, answer.To }) : Refused(answer.Refused, answer.Message);
    }

    static async Task<IResult> Proof(HttpContext http, IGrainFactory grains, ILedger ledger, string? eventId, string? sequence, string? entity)
    {
        var (place, problem) = await Find(grains, eventId, sequence);
        if (problem is not null) return problem;
        if (!http.Viewer(grains).SeesAll && (await ledger.ReadEvent(place, http.RequestAborted) is not { } recorded || !await http.Viewer(grains).SeesEvent(recorded.Json)))
            return Epcis.Problems.NoSuchEvent(eventId ?? sequence!);
        string? code = null;
        if (entity is not null)
        {
            if (!Identifier.TryIdentify(entity, out var identified, out var flaw)) return BadRequest($"entity: {flaw}");
            code = identified.Code;
        }
        var answer = await Log(grains).Proof(place, code);
        return answer.Refused == TransparencyRefusal.None
            ? Results.File(answer.File, "application/json", $"event-{place}.proof.json")
            : Refused(answer.Refused, answer.Message);
    }

    /// <summary>A JWK set (RFC 7517, RFC 8037); validity stands in <c>nbf</c> and <c>exp</c>, seconds, as a JWT would say it.</summary>
    static async Task<IResult> Keys(IGrainFactory grains) => Results.Json(
        new
        {
            keys = (await Log(grains).Keys()).Select(key => new
            {
                kty = "OKP", crv = "Ed25519", x = Base64Url.EncodeToString(key.PublicKey), kid = key.KeyId, use = "sig", alg = "EdDSA",
                nbf = key.ValidFrom.ToUnixTimeSeconds(), exp = key.ValidUntil?.ToUnixTimeSeconds(),
            }),
        }, contentType: "application/jwk-set+json");

    static async Task<IResult> KeyAsPem(string keyId, IGrainFactory grains) => (await Log(grains).Keys()).FirstOrDefault(key => key.KeyId == keyId) is { } found
        ? Results.Text(found.Pem, "application/x-pem-file")
        : Problem(StatusCodes.Status404NotFound, "No such key", $"keyId: expected the id of a key of this log; there is none {keyId}");

    static async Task<(long Sequence, IResult? Problem)> Find(IGrainFactory grains, string? eventId, string? sequence)
    {
        if (eventId is null == sequence is null) return (0, BadRequest("eventId: expected either eventId or sequence, " + (eventId is null ? "found neither" : "found both")));
        if (!TryNumber(sequence, "sequence", out var place, out var wrong)) return (0, wrong);
        if (place is not null) return (place.Value, null);
        return (await grains.GetGrain<IEventsGrain>(0).ById(eventId!)).FirstOrDefault() is { } found
            ? (found.Sequence, null)
            : (0, Epcis.Problems.NoSuchEvent(eventId!));
    }

    static bool TryNumber(string? text, string field, out long? number, out IResult wrong)
    {
        (number, wrong) = (null, Results.Empty);
        if (text is null) return true;
        if (long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var read) && read >= 1) number = read;
        else wrong = BadRequest($"{field}: expected a number from 1, found '{text}'");
        return number is not null;
    }

    static IResult Refused(TransparencyRefusal refusal, string message) => refusal switch
    {
        TransparencyRefusal.EventUnknown or TransparencyRefusal.SizeUnknown => Problem(StatusCodes.Status404NotFound, "There is no such proof", message),
        TransparencyRefusal.LedgerChanged => Problem(StatusCodes.Status500InternalServerError, "The ledger does not agree with what was signed", message),
        _ => BadRequest(message),
    };

    static IResult BadRequest(string detail) => Problem(StatusCodes.Status400BadRequest, "The request cannot be answered", detail);

    static IResult Problem(int status, string title, string detail) => Results.Problem(title: title, detail: detail, statusCode: status);
}
