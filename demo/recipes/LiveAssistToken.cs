// Token endpoint for Live Assist as an ASP.NET Core minimal API (.NET 8 or newer, no packages). Not run by our tests.
//
// 1. Make it the Program.cs of `dotnet new web`, or take MapLiveAssistToken() into your own. The path that it maps is the
//    bridge's tokenEndpoint. Do not put RequireAuthorization() on it: cookie authentication would redirect guests to a
//    login page, where the bridge needs a 401.
// 2. Replace the body of Visitor() by a look at your own session.
// 3. Set these in the environment or the secret store, and keep the key file outside of wwwroot:
//    LIVE_ASSIST_ISSUER            www.example.com, exactly as entered in Live Assist
//    LIVE_ASSIST_PRIVATE_KEY_FILE  /etc/live-assist/private_key.pem, readable for this process alone
//    DYNAMICS_URL                  https://contoso.crm4.dynamics.com
//    DYNAMICS_TOKEN_URL            https://login.microsoftonline.com/<tenant id>/oauth2/v2.0/token
//    DYNAMICS_CLIENT_ID, DYNAMICS_CLIENT_SECRET   of an application user that may read contacts

using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

var app = WebApplication.CreateBuilder(args).Build();
app.MapLiveAssistToken("/live-assist/token");
app.Run();

public static class LiveAssistToken
{
    private const int Lifetime = 7200; // seconds
    private const string Header = """{"alg":"RS256","typ":"JWT"}""";

    // Not of IHttpClientFactory, which logs addresses, and in these is the visitor's.
    private static readonly HttpClient Http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), // So that a change in the DNS is seen.
    })
    {
        Timeout = TimeSpan.FromSeconds(3),
    };

    /// <summary>REPLACE THE BODY. Who is signed in, by your own session? Answer
    /// the GUID of the visitor's Contact in Dynamics, if your session keeps it: best; or
    /// the visitor's e-mail address, if you have VERIFIED it: with any other, everybody can be everybody; or
    /// null when nobody is signed in.</summary>
    /// <example>return context.User.FindFirst("dynamics_contact_id")?.Value;</example>
    private static string? Visitor(HttpContext context)
    {
        return null;
    }

    public static IEndpointConventionBuilder MapLiveAssistToken(this IEndpointRouteBuilder routes, string path) =>
        routes.Map(path, async (HttpContext context, IConfiguration settings, ILoggerFactory logs) =>
        {
            var (status, body) = await Respond(context, settings, logs.CreateLogger("LiveAssistToken"));
            var headers = context.Response.Headers;
            headers.CacheControl = "no-store";
            headers.Append("Vary", "Cookie, Authorization");
            headers.XContentTypeOptions = "nosniff";
            if (status == 405) headers.Allow = "GET, POST";
            return Results.Json(body, statusCode: status);
        });

    private static async Task<(int Status, Dictionary<string, string> Body)> Respond(
        HttpContext context, IConfiguration settings, ILogger log)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsPost(request.Method))
            return (405, new() { ["error"] = "method-not-allowed" });
        if (!AskedByOwnPage(request)) return (403, new() { ["error"] = "foreign-origin" });
        try
        {
            var visitor = Visitor(context);
            if (string.IsNullOrEmpty(visitor)) return (401, new() { ["error"] = "signed-out" });
            var contact = await FindContact(visitor, settings);
            if (contact is null) return (403, new() { ["error"] = "no-contact" });
            return (200, new() { ["token"] = Sign(Claims(contact, settings), settings) });
        }
        catch (Exception error)
        {
            // Only our own sentences go to the log: a foreign message or a stack trace may hold the key or an address.
            log.LogError("Live Assist token: {Reason}", error is Failed ? error.Message : error.GetType().Name);
            return (500, new() { ["error"] = "failed" });
        }
    }

    /// <summary>Its message says what went wrong and holds no secret.</summary>
    private sealed class Failed(string message) : Exception(message);

    /// <summary>A page of another site must never get a token. Who sends neither header is no page: a phone, a
    /// server.</summary>
    private static bool AskedByOwnPage(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site)) return site == "same-origin" || site == "none";
        if (!request.Headers.TryGetValue("Origin", out var origin)) return true;
        return origin == $"https://{request.Host.Value}" || origin == $"http://{request.Host.Value}";
    }

    /// <summary>The active contact in Dynamics with this GUID or e-mail address.</summary>
    private static async Task<JsonNode?> FindContact(string visitor, IConfiguration settings)
    {
        var byId = Guid.TryParseExact(visitor, "D", out _);
        var column = byId ? "contactid" : "emailaddress1";
        var value = byId ? visitor : $"'{visitor.Replace("'", "''")}'"; // OData doubles a quote within text.
        var filter = Uri.EscapeDataString($"{column} eq {value} and statecode eq 0");
        var url = $"{DynamicsUrl(settings)}/api/data/v9.2/contacts"
            + $"?$select=contactid,firstname,lastname,emailaddress1&$filter={filter}";
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await AccessToken(settings));
        var found = await Ask("Dynamics", request);
        if (found["value"] is not JsonArray rows)
            throw new Failed("Dynamics answered no list of contacts. Is DYNAMICS_URL right?");
        // Dynamics finds josé for jose. Compared again, with only A to Z the same as a to z.
        var same = rows.Where(row => IsSame((string?)row?[column], visitor)).ToList();
        if (same.Count > 1) throw new Failed("Two active contacts have one e-mail address. Merge them in Dynamics.");
        return same.FirstOrDefault();
    }

    private static bool IsSame(string? stored, string asked) =>
        stored is not null && LowerAscii(stored) == LowerAscii(asked);

    private static string LowerAscii(string text) =>
        string.Concat(text.Select(letter => letter is >= 'A' and <= 'Z' ? (char)(letter | 0x20) : letter));

    /// <summary>Not kept: asked for with each token of a visitor. A busy site keeps it while it is valid.</summary>
    private static async Task<string> AccessToken(IConfiguration settings)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(settings, "DYNAMICS_TOKEN_URL"))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = Setting(settings, "DYNAMICS_CLIENT_ID"),
                ["client_secret"] = Setting(settings, "DYNAMICS_CLIENT_SECRET"),
                ["scope"] = $"{DynamicsUrl(settings)}/.default",
            }),
        };
        return (string?)(await Ask("DYNAMICS_TOKEN_URL", request))["access_token"]
            ?? throw new Failed("DYNAMICS_TOKEN_URL answered no access token. Is the address right?");
    }

    /// <summary>One request of three seconds at most, and no redirects, which would carry the access token
    /// elsewhere.</summary>
    private static async Task<JsonObject> Ask(string who, HttpRequestMessage request)
    {
        request.Headers.Accept.ParseAdd("application/json");
        try
        {
            using var response = await Http.SendAsync(request);
            if ((int)response.StatusCode != 200)
                throw new Failed($"{who} answered {(int)response.StatusCode}. " + ((int)response.StatusCode == 429
                    ? "Those are too many requests: try again later, or keep the access token while it is valid."
                    : "Are the settings right, and may the application user read contacts?"));
            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync());
            return answer as JsonObject ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new Failed($"{who} answered no JSON object. Is the address right?");
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            throw new Failed($"{who} could not be reached. Is the address right?");
        }
    }

    private static byte[] Claims(JsonNode contact, IConfiguration settings)
    {
        if (!Guid.TryParseExact((string?)contact["contactid"], "D", out var id))
            throw new Failed("Dynamics answered a contactid that is no GUID. Is DYNAMICS_URL right?");
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new Dictionary<string, object> { ["sub"] = id.ToString("D") }; // Lower case.
        if ((string?)contact["firstname"] is { Length: > 0 } givenName) claims["given_name"] = givenName;
        if ((string?)contact["lastname"] is { Length: > 0 } familyName) claims["family_name"] = familyName;
        claims["iss"] = Setting(settings, "LIVE_ASSIST_ISSUER");
        claims["iat"] = now; // Numbers, in seconds.
        claims["exp"] = now + Lifetime;
        return JsonSerializer.SerializeToUtf8Bytes(claims);
    }

    /// <summary>RS256, the only algorithm that Live Assist takes.</summary>
    private static string Sign(byte[] claims, IConfiguration settings)
    {
        using var key = RSA.Create();
        var input = Encoding.ASCII.GetBytes($"{Base64Url(Encoding.ASCII.GetBytes(Header))}.{Base64Url(claims)}");
        byte[] signature;
        try
        {
            key.ImportFromPem(File.ReadAllText(Setting(settings, "LIVE_ASSIST_PRIVATE_KEY_FILE")));
            signature = key.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1); // No public key can.
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException
            or CryptographicException)
        {
            throw new Failed("LIVE_ASSIST_PRIVATE_KEY_FILE cannot be read, or holds no RSA private key. "
                + "Is it the file that begins with BEGIN PRIVATE KEY, without a pass phrase?");
        }
        if (key.KeySize < 2048)
            throw new Failed($"LIVE_ASSIST_PRIVATE_KEY_FILE holds a key of {key.KeySize} bits. "
                + "Make a pair of 2048 bits.");
        return $"{Encoding.ASCII.GetString(input)}.{Base64Url(signature)}";
    }

    private static string Base64Url(byte[] bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string DynamicsUrl(IConfiguration settings) => Address(settings, "DYNAMICS_URL").TrimEnd('/');

    /// <summary>Client secret and access token travel there: https, but for a server on this machine.</summary>
    private static string Address(IConfiguration settings, string name) =>
        Regex.IsMatch(Setting(settings, name), @"\A(https://|http://127\.0\.0\.1:)[A-Za-z0-9_.:/-]+\z")
            ? Setting(settings, name)
            : throw new Failed($"{name} is not written like its example. "
                + "Does it begin with https://, and is nothing like <tenant id> left in it?");

    private static string Setting(IConfiguration settings, string name) =>
        settings[name] is { Length: > 0 } value ? value : throw new Failed(
            $"{name} is not set. The head of LiveAssistToken.cs says what it is.");
}
