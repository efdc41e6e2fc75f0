// Token endpoint for Live Assist in ASP.NET Core (.NET 8 or newer, no packages). Copy this file into your project.
//
// 1. In Program.cs:
//
//        builder.Services.AddLiveAssistTokens(builder.Configuration);
//
//        app.MapLiveAssistToken(
//            "/live-assist/token",
//            visitor: (ClaimsPrincipal user) => user.FindFirst(claim =>
//                claim.Type == "dynamics_contact_id" && claim.Issuer == ClaimsIdentity.DefaultIssuer)?.Value,
//            contact: (id, services, cancel) => services.GetRequiredService<DynamicsContacts>().FindAsync(id, cancel));
//
//    The path is the bridge's tokenEndpoint. If a fallback policy closes the site, append .AllowAnonymous(): the
//    endpoint answers 401 itself, where cookie authentication would redirect to the sign-in page.
// 2. `visitor` says who is signed in, by your own session. Return null if nobody is. Otherwise return the GUID of the
//    visitor's contact, or an e-mail address that the site has verified. The visitor must not be able to change either
//    without proof: one who can chats as somebody else. Take it from the sign-in (claims), so that it ends with it.
//    DefaultIssuer is the site itself: a claim of that name from another identity provider does not count.
// 3. Set these in the environment, appsettings.json or the secret store. Keep the key file outside of wwwroot.
//    LIVE_ASSIST_ISSUER            www.example.com, exactly as entered in Live Assist
//    LIVE_ASSIST_PRIVATE_KEY_FILE  /etc/live-assist/private_key.pem, readable by this process alone
//    DYNAMICS_URL                  https://contoso.crm4.dynamics.com
//    DYNAMICS_TOKEN_URL            https://login.microsoftonline.com/<tenant id>/oauth2/v2.0/token
//    DYNAMICS_CLIENT_ID, DYNAMICS_CLIENT_SECRET   of an application user that may read contacts
//    LIVE_ASSIST_TRIAL_CONTACT     only to try it on your own machine: guests on localhost become this contact (a GUID)
//
// The settings are checked when the site starts, and each fault is logged. To stop the site instead, append
// .ValidateOnStart() to AddLiveAssistTokens(). If the key is in a vault, set options.Sign; with a managed identity, set
// options.AccessToken. Both are properties of LiveAssistTokenOptions below.

#nullable enable

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LiveAssist;

/// <summary>The visitor's contact in Dynamics, as the token names it.</summary>
public sealed record LiveAssistContact(Guid Id, string? GivenName = null, string? FamilyName = null);

public sealed class LiveAssistTokenOptions
{
    public string? Issuer { get; set; }
    public string? PrivateKeyFile { get; set; }
    public string? DynamicsUrl { get; set; }
    public string? DynamicsTokenUrl { get; set; }
    public string? DynamicsClientId { get; set; }
    public string? DynamicsClientSecret { get; set; }
    public string? TrialContact { get; set; }

    /// <summary>From <c>iat</c> to <c>exp</c>.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(2);

    /// <summary>For one look-up, access token and retry included.</summary>
    public TimeSpan LookUpTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>For one answer: look-up and signature together.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>Signs with RS256 in place of the key file, for example in Azure Key Vault.</summary>
    public Func<byte[], CancellationToken, Task<byte[]>>? Sign { get; set; }

    /// <summary>Returns an access token for Dynamics in place of the client secret, for example of a managed
    /// identity. Called for each look-up: keep the token while it is valid.</summary>
    public Func<CancellationToken, Task<string>>? AccessToken { get; set; }

    /// <summary>A site that keeps its contacts elsewhere leaves these settings out.</summary>
    internal bool UsesDynamics => AccessToken is not null
        || $"{DynamicsUrl}{DynamicsTokenUrl}{DynamicsClientId}{DynamicsClientSecret}" != "";
}

public static class LiveAssistTokens
{
    public static OptionsBuilder<LiveAssistTokenOptions> AddLiveAssistTokens(
        this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DynamicsContacts>();
        services.AddSingleton<LiveAssistMint>();
        services.AddSingleton<IValidateOptions<LiveAssistTokenOptions>, LiveAssistSettings>();
        services.AddHostedService<LiveAssistSettingsLog>();
        services.AddSingleton<IStartupFilter, LiveAssistRoutes>();
        return services.AddOptions<LiveAssistTokenOptions>().Configure(options =>
        {
            options.Issuer = configuration["LIVE_ASSIST_ISSUER"];
            options.PrivateKeyFile = configuration["LIVE_ASSIST_PRIVATE_KEY_FILE"];
            options.DynamicsUrl = configuration["DYNAMICS_URL"];
            options.DynamicsTokenUrl = configuration["DYNAMICS_TOKEN_URL"];
            options.DynamicsClientId = configuration["DYNAMICS_CLIENT_ID"];
            options.DynamicsClientSecret = configuration["DYNAMICS_CLIENT_SECRET"];
            options.TrialContact = configuration["LIVE_ASSIST_TRIAL_CONTACT"];
        });
    }

    /// <summary>Answers the bridge at <paramref name="path"/>. Neither the path nor the prefix of its group may have a
    /// parameter: the site would not start.</summary>
    /// <param name="visitor">Who is signed in; null if nobody is. Called only if somebody is authenticated.</param>
    /// <param name="contact">The visitor's contact; null if Dynamics has none.</param>
    public static IEndpointConventionBuilder MapLiveAssistToken<TVisitor>(
        this IEndpointRouteBuilder routes,
        string path,
        Func<ClaimsPrincipal, TVisitor?> visitor,
        Func<TVisitor, IServiceProvider, CancellationToken, Task<LiveAssistContact?>> contact)
        where TVisitor : class =>
        routes.MapLiveAssistToken(
            path,
            (HttpContext context) => context.User.Identity?.IsAuthenticated == true ? visitor(context.User) : null,
            contact);

    /// <summary>Answers the bridge at <paramref name="path"/>. Neither the path nor the prefix of its group may have a
    /// parameter: the site would not start.</summary>
    /// <param name="visitor">Who is signed in; null if nobody is.</param>
    /// <param name="contact">The visitor's contact; null if Dynamics has none.</param>
    public static IEndpointConventionBuilder MapLiveAssistToken<TVisitor>(
        this IEndpointRouteBuilder routes,
        string path,
        Func<HttpContext, TVisitor?> visitor,
        Func<TVisitor, IServiceProvider, CancellationToken, Task<LiveAssistContact?>> contact)
        where TVisitor : class
    {
        if (routes.ServiceProvider.GetService<LiveAssistMint>() is null)
            throw new InvalidOperationException(
                "Call builder.Services.AddLiveAssistTokens(builder.Configuration) before app.MapLiveAssistToken().");
        if (path.Contains('{')) throw new ArgumentException(HasParameter(path), nameof(path));
        var mapped = routes.Map(
            path, (HttpContext context) => RespondAsync(context, MappedPath(context) ?? path, visitor, contact));
        // The prefix of a group is known only when the endpoints are built.
        mapped.Add(endpoint =>
        {
            if (endpoint is RouteEndpointBuilder { RoutePattern: { Parameters.Count: > 0, RawText: var route } })
                throw new InvalidOperationException(HasParameter(route));
        });
        return mapped;
    }

    private static string HasParameter(string? route) => $"The route {route} has a parameter, so it cannot be the token "
        + "endpoint. Call MapLiveAssistToken() with one fixed path, outside of any group whose prefix has a parameter.";

    /// <summary>Writes the answer, for an endpoint that is not mapped here: a controller, or an Azure Function.</summary>
    /// <param name="path">The endpoint's path on the site. No other path answers, whatever the route matches.</param>
    public static async Task RespondAsync<TVisitor>(
        HttpContext context,
        string path,
        Func<HttpContext, TVisitor?> visitor,
        Func<TVisitor, IServiceProvider, CancellationToken, Task<LiveAssistContact?>> contact)
        where TVisitor : class
    {
        // The output cache ignores no-store. A policy for the whole site would hand out one visitor's token to all.
        if (context.Features.Get<IOutputCacheFeature>() is { } cache) cache.Context.AllowCacheStorage = false;
        // Sliding expiration would renew the session in this answer. After a sign-out in between, that would bring it back.
        context.Features.Set<IResponseCookiesFeature>(new NoCookies());
        var mint = context.RequestServices.GetRequiredService<LiveAssistMint>();
        var log = context.RequestServices.GetRequiredService<ILogger<LiveAssistMint>>();
        await WriteAsync(context.Response, await AnswerAsync(context, path, mint, log, visitor, contact));
    }

    private readonly record struct Answer(int Status, string Name, string Value);

    private static Answer Refusal(int status, string word) => new(status, "error", word);

    private static async Task<Answer> AnswerAsync<TVisitor>(
        HttpContext context,
        string path,
        LiveAssistMint mint,
        ILogger log,
        Func<HttpContext, TVisitor?> visitor,
        Func<TVisitor, IServiceProvider, CancellationToken, Task<LiveAssistContact?>> contact)
        where TVisitor : class
    {
        var request = context.Request;
        if (!IsExactPath(context, path))
        {
            Log(log, "The path that was sent is not the exact path of the endpoint, so the answer was 404. "
                + "Use one path in the bridge's tokenEndpoint, the recipe and the proxy.");
            return Refusal(404, "not-found");
        }
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsPost(request.Method))
            return Refusal(405, "method-not-allowed");
        if (!IsOwnPage(request)) return Refusal(403, "foreign-origin");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        try
        {
            var who = visitor(context);
            var isGuest = who is null or string { Length: 0 };
            if (isGuest && mint.TrialContact is null) return Refusal(401, "signed-out");
            if (isGuest && !IsOnThisMachine(context))
            {
                Log(log, "LIVE_ASSIST_TRIAL_CONTACT is set, but this request did not come directly from this machine. "
                    + "Remove the setting on a public site.");
                return Refusal(401, "signed-out");
            }
            limit.CancelAfter(mint.Timeout);
            var found = isGuest
                ? mint.TrialContact
                : await contact(who!, context.RequestServices, limit.Token).WaitAsync(limit.Token);
            return found is null
                ? Refusal(403, "no-contact")
                : new(200, "token", await mint.TokenAsync(found, limit.Token).WaitAsync(limit.Token));
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            return Refusal(503, "timeout"); // The visitor has left. Nobody reads this, and it needs no log line.
        }
        catch (Exception error)
        {
            var isLate = error is LiveAssistFailure { IsLate: true } or OperationCanceledException;
            Log(log, error switch
            {
                LiveAssistFailure failure => failure.Message,
                OptionsValidationException settings => settings.Failures.First(),
                OperationCanceledException when limit.IsCancellationRequested =>
                    $"The answer took more than {mint.Timeout.TotalSeconds} seconds. Is the look-up or the signer slow?",
                // Another message or a stack trace may hold the key or an address.
                _ => error.GetType().Name,
            });
            return isLate ? Refusal(503, "timeout") : Refusal(500, "failed");
        }
    }

    internal static void Log(ILogger log, string sentence, LogLevel level = LogLevel.Error) =>
        log.Log(level, "Live Assist token: {Sentence}", sentence);

    private static async Task WriteAsync(HttpResponse response, Answer answer)
    {
        response.StatusCode = answer.Status;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        response.Headers.Append("Vary", "Cookie, Authorization");
        response.Headers.XContentTypeOptions = "nosniff";
        if (answer.Status == 405) response.Headers.Allow = "GET, POST";
        if (answer.Status == 503) response.Headers.RetryAfter = "1";
        var body = Encoding.UTF8.GetBytes(new JsonObject { [answer.Name] = answer.Value }.ToJsonString());
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(response.HttpContext.Request.Method)) await response.Body.WriteAsync(body);
    }

    /// <summary>The path of the mapped endpoint, with the prefix of its group.</summary>
    private static string? MappedPath(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint { RoutePattern: { Parameters.Count: 0, RawText: { } pattern } }
            ? "/" + pattern.TrimStart('~').Trim('/')
            : null;

    /// <summary>A CDN that caches by extension or folder would keep a token at /token/a.css or /static/..%2ftoken. Routing
    /// matches such paths, so the path is compared as it was sent.</summary>
    private static bool IsExactPath(HttpContext context, string path)
    {
        var request = context.Request;
        var (own, mount) = (new PathString(path).ToUriComponent(), request.PathBase.ToUriComponent());
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        // A host may precede the path (RFC 9112, 3.2.2).
        var sent = string.IsNullOrEmpty(target)
            ? request.Path.ToUriComponent()
            : Regex.Replace(target, @"\A(?i:https?)://[A-Za-z0-9._:\[\]-]+", "").Split('?')[0];
        // A proxy may have removed the prefix under which the site is mounted.
        return sent == own || sent == mount + own;
    }

    /// <summary>A page of another site must never get a token. A client that sends neither header is not a page: it is
    /// a phone or a server.</summary>
    private static bool IsOwnPage(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site)) return site == "same-origin" || site == "none";
        if (!request.Headers.TryGetValue("Origin", out var origin)) return true;
        return origin == $"https://{request.Host.Value}" || origin == $"http://{request.Host.Value}";
    }

    /// <summary>Whether this machine asks directly. A proxy may add no header. So HTTP/1.0, which many proxies speak, and
    /// a foreign page count as one.</summary>
    private static bool IsOnThisMachine(HttpContext context)
    {
        var headers = context.Request.Headers;
        return context.Connection.RemoteIpAddress is { } peer
            && IPAddress.IsLoopback(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer)
            && !HttpProtocol.IsHttp10(context.Request.Protocol)
            && !headers.Keys.Any(name => Matches(name, FromProxy))
            && Matches(context.Request.Host.Value, Local)
            && headers.Origin.Concat(headers.Referer).All(page => Matches(page, $@"https?://{Local}(/(?!.*, ?\w+://).*)?"));
    }

    private const string FromProxy = "(X-)?Forwarded.*|X-(Original|ARR|Amzn?|Azure|Envoy|Proxy|Rewrite)-.*"
        + "|(CF|Fastly|Proxy|WL-Proxy)-.*|X-Varnish|Front-End-Https|Via|CDN-Loop|.*-(IP|Addr)";

    private const string Local = @"(([a-z0-9-]+\.)*localhost|127(\.[0-9]+){3}|\[::1\])(:[0-9]+)?";

    private static bool Matches(string? text, string pattern) =>
        Regex.IsMatch(text ?? "", $@"\A({pattern})\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}

/// <summary>Drops the cookies of an answer.</summary>
internal sealed class NoCookies : IResponseCookiesFeature, IResponseCookies
{
    public IResponseCookies Cookies => this;
    public void Append(string key, string value) { }
    public void Append(string key, string value, CookieOptions options) { }
    public void Delete(string key) { }
    public void Delete(string key, CookieOptions options) { }
}

/// <summary>Finds active contacts in Dynamics (Dataverse's Web API).</summary>
public sealed class DynamicsContacts(
    IOptions<LiveAssistTokenOptions> options, TimeProvider clock, ILogger<DynamicsContacts> log)
{
    private const int MaxBytes = 1024 * 1024;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    // One client for all. Not from IHttpClientFactory, which logs addresses, and these contain the visitor's.
    private static readonly HttpClient Http = new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null, // No trace records the address either.
        AllowAutoRedirect = false, // A redirect would carry the access token elsewhere.
        AutomaticDecompression = DecompressionMethods.All,
        MaxConnectionsPerServer = 40, // Dynamics serves 52 requests of one user at a time. Further look-ups wait here.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), // Follows changes in the DNS.
        Proxy = new NoProxyForLoopback(HttpClient.DefaultProxy),
        UseCookies = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // Each look-up has its own limit.
    };

    private readonly SemaphoreSlim gate = new(1);
    private volatile Kept? kept;
    private bool warnedOfClock;

    private sealed record Kept(string Token, long Since, TimeSpan Life);

    private LiveAssistTokenOptions Settings => options.Value;

    /// <param name="idOrVerifiedAddress">The contact's GUID, with or without braces and dashes. Or an e-mail address
    /// that the site has verified. A visitor who can change it without proof becomes somebody else.</param>
    public Task<LiveAssistContact?> FindAsync(string idOrVerifiedAddress, CancellationToken cancel = default)
    {
        if (TryParseGuid(idOrVerifiedAddress, out var id)) return FindAsync(id, cancel);
        // OData doubles a quote within text. Dynamics finds josé for jose, so the address is compared again.
        if (idOrVerifiedAddress.Contains('@'))
            return FindAsync("emailaddress1", $"'{idOrVerifiedAddress.Replace("'", "''")}'",
                text => LowerAscii(text) == LowerAscii(idOrVerifiedAddress), cancel);
        LiveAssistTokens.Log(log, "The visitor's id is neither a GUID nor an e-mail address. "
            + "Return contactid from Dynamics, not an account number or a name.");
        return Task.FromResult<LiveAssistContact?>(null);
    }

    public Task<LiveAssistContact?> FindAsync(Guid contactId, CancellationToken cancel = default) =>
        FindAsync("contactid", $"{contactId:D}", text => TryParseGuid(text, out var id) && id == contactId, cancel);

    /// <summary>Guid.TryParse alone accepts white space and signs.</summary>
    internal static bool TryParseGuid(string text, out Guid guid)
    {
        guid = default;
        const string pattern = @"\A(?:[0-9A-Fa-f]{32}|(\{)?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?(1)\}))\z";
        return Regex.IsMatch(text, pattern) && Guid.TryParse(text, out guid);
    }

    private static string LowerAscii(string text) =>
        string.Concat(text.Select(letter => letter is >= 'A' and <= 'Z' ? (char)(letter | 0x20) : letter));

    private async Task<LiveAssistContact?> FindAsync(
        string column, string literal, Func<string, bool> isSame, CancellationToken cancel)
    {
        if (!Settings.UsesDynamics)
            throw new LiveAssistFailure("DYNAMICS_URL is not set. The head of LiveAssistTokens.cs says what it is.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Settings.LookUpTimeout);
        var filter = Uri.EscapeDataString($"{column} eq {literal} and statecode eq 0");
        var url = $"{Settings.DynamicsUrl!.TrimEnd('/')}/api/data/v9.2/contacts"
            + $"?$select=contactid,firstname,lastname,emailaddress1&$filter={filter}";
        using var answer = await LookUpAsync(url, limit.Token);
        if (!answer.RootElement.TryGetProperty("value", out var rows) || rows.ValueKind != JsonValueKind.Array
            || rows.EnumerateArray().Any(row => row.ValueKind != JsonValueKind.Object))
            throw new LiveAssistFailure("Dynamics answered no list of contacts. Is DYNAMICS_URL right?");
        var same = rows.EnumerateArray().Where(row => Text(row, column) is { } text && isSame(text)).ToList();
        if (same.Count > 1)
            throw new LiveAssistFailure("Two active contacts have one e-mail address. Merge them in Dynamics.");
        return same.Count == 0 ? null : Contact(same[0]);
    }

    private static LiveAssistContact Contact(JsonElement row) =>
        Text(row, "contactid") is { } id && TryParseGuid(id, out var guid)
            ? new(guid, Text(row, "firstname"), Text(row, "lastname"))
            : throw new LiveAssistFailure("Dynamics answered a contactid that is not a GUID. Is DYNAMICS_URL right?");

    private static string? Text(JsonElement row, string column) =>
        row.TryGetProperty(column, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Renews a kept access token that Dynamics refuses, and waits once if Dynamics says how long.</summary>
    private async Task<JsonDocument> LookUpAsync(string url, CancellationToken cancel)
    {
        for (var hasWaited = false; ; )
        {
            var (token, wasKept) = await AccessTokenAsync(cancel);
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            try
            {
                return await AskAsync("Dynamics", request, cancel);
            }
            catch (LiveAssistFailure refused) when (refused.Status == 401 && wasKept)
            {
                if (kept?.Token == token) kept = null;
            }
            catch (LiveAssistFailure busy) when (busy.Wait < Settings.LookUpTimeout && !hasWaited)
            {
                hasWaited = true;
                await DelayAsync(busy.Wait.Value, cancel);
            }
        }
    }

    private async Task DelayAsync(TimeSpan wait, CancellationToken cancel)
    {
        try
        {
            await Task.Delay(wait, clock, cancel);
        }
        catch (OperationCanceledException)
        {
            throw TooSlow("Dynamics");
        }
    }

    private LiveAssistFailure TooSlow(string who) => new(
        $"{who} did not answer within {Settings.LookUpTimeout.TotalSeconds} seconds. The visitor may try again.")
        { IsLate = true };

    /// <summary>Kept until a minute before it expires.</summary>
    private async Task<(string Token, bool WasKept)> AccessTokenAsync(CancellationToken cancel)
    {
        const string who = "DYNAMICS_TOKEN_URL";
        if (Settings.AccessToken is { } source) return (Checked("options.AccessToken", await source(cancel)), false);
        try
        {
            await gate.WaitAsync(cancel); // One request for all who wait.
        }
        catch (OperationCanceledException)
        {
            throw TooSlow(who);
        }
        try
        {
            if (kept is { } current && clock.GetElapsedTime(current.Since) < current.Life) return (current.Token, true);
            var since = clock.GetTimestamp();
            using var request = new HttpRequestMessage(HttpMethod.Post, Settings.DynamicsTokenUrl)
            {
                Content = new FormUrlEncodedContent(new Dictionary<string, string>
                {
                    ["grant_type"] = "client_credentials",
                    ["client_id"] = Settings.DynamicsClientId!,
                    ["client_secret"] = Settings.DynamicsClientSecret!,
                    ["scope"] = $"{Settings.DynamicsUrl!.TrimEnd('/')}/.default",
                }),
            };
            using var answer = await AskAsync(who, request, cancel);
            var token = Checked(who, Text(answer.RootElement, "access_token"));
            var seconds = answer.RootElement.TryGetProperty("expires_in", out var life)
                && int.TryParse(life.ToString(), out var whole) ? whole : 0;
            kept = new(token, since, TimeSpan.FromSeconds(seconds - 60));
            return (token, false);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>A header with other characters would throw an exception that quotes them.</summary>
    private static string Checked(string who, string? token) =>
        token is not null && Regex.IsMatch(token, @"\A[A-Za-z0-9._~+/-]+=*\z")
            ? token
            : throw new LiveAssistFailure($"{who} answered no access token. Is the address right?");

    /// <summary>The JSON object of one answer.</summary>
    private async Task<JsonDocument> AskAsync(string who, HttpRequestMessage request, CancellationToken cancel)
    {
        request.Headers.Accept.ParseAdd("application/json");
        HttpResponseMessage? response = null;
        try
        {
            response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            WarnOfClock(response.Headers.Date);
            var body = await ReadAsync(response.Content, cancel);
            if (response.StatusCode != HttpStatusCode.OK) throw Refused(who, response, body);
            if (body.Length > MaxBytes)
                throw new LiveAssistFailure($"{who} answered more than 1 MB. Is the address right?");
            return JsonObject(body)
                ?? throw new LiveAssistFailure($"{who} answered no JSON object. Is the address right?");
        }
        catch (OperationCanceledException)
        {
            throw TooSlow(who);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new LiveAssistFailure(response is null
                ? $"{who} could not be reached. Is the address right?"
                : $"{who} broke off its answer. Does a proxy between close connections?");
        }
        finally
        {
            response?.Dispose();
        }
    }

    /// <summary>After decompression, and hardly more than MaxBytes.</summary>
    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancel)
    {
        using var all = new MemoryStream();
        var part = new byte[16 * 1024];
        try
        {
            using var body = await content.ReadAsStreamAsync(cancel);
            for (int count; all.Length <= MaxBytes && (count = await body.ReadAsync(part, cancel)) > 0;)
                all.Write(part, 0, count);
            return all.ToArray();
        }
        catch (InvalidDataException)
        {
            return []; // It is not the compression that the header names.
        }
    }

    private static JsonDocument? JsonObject(byte[] body)
    {
        try
        {
            var text = StrictUtf8.GetString(body);
            var json = JsonDocument.Parse(WithoutHalves(text.StartsWith('\uFEFF') ? text[1..] : text));
            if (json.RootElement.ValueKind == JsonValueKind.Object) return json;
            json.Dispose();
            return null;
        }
        catch (Exception error) when (error is JsonException or DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Replaces half an emoji, written as an escape, by U+FFFD. Dynamics may cut a name there, and
    /// JsonElement.GetString would throw.</summary>
    private static string WithoutHalves(string json) => Regex.Replace(
        json,
        @"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
        escape => escape.Groups[1].Success ? @"\ufffd" : escape.Value);

    /// <summary>Only the number goes to the log. The rest of the answer may quote an address or a secret.</summary>
    private LiveAssistFailure Refused(string who, HttpResponseMessage response, byte[] body)
    {
        var status = (int)response.StatusCode;
        var match = Regex.Match(
            Encoding.UTF8.GetString(body), @"""code""\s*:\s*""(0x[0-9a-fA-F]{8})""|""(AADSTS[0-9]+):");
        var number = match.Groups[1].Value.ToLowerInvariant() + match.Groups[2].Value;
        var remedy = number switch
        {
            "0x80072560" => "Add the application user to this organisation.",
            "0x80040225" => "Enable the application user.",
            "0x80095ffe" => "Allow this server's address in the organisation's IP firewall.",
            "0x80095ffc" => "Allow the application in the organisation's access settings.",
            "0x80040220" => "Give the application user a role with Read on Contact.",
            "0x80048306" => "Give the application user's role Read on Contact at Organization level.",
            "AADSTS7000222" => "The client secret has expired. Make a new one.",
            "AADSTS7000215" => "The client secret is wrong. Set its value, not its id.",
            "AADSTS700016" => "DYNAMICS_CLIENT_ID is not known in this tenant.",
            "AADSTS90002" => "The tenant in DYNAMICS_TOKEN_URL does not exist.",
            "AADSTS500011" => "DYNAMICS_URL is not known in this tenant.",
            _ when status == 429 => "It limits requests. Try again later.",
            _ => "Are the settings right, and may the application user read contacts?",
        };
        var retry = status is 429 or 503 ? response.Headers.RetryAfter : null;
        return new($"{who} answered {status}{(number == "" ? "" : $" ({number})")}. {remedy}")
        {
            Status = status,
            Wait = retry?.Delta ?? (retry?.Date is { } date && date > clock.GetUtcNow() ? date - clock.GetUtcNow() : null),
        };
    }

    private void WarnOfClock(DateTimeOffset? theirs)
    {
        var ahead = clock.GetUtcNow() - theirs ?? TimeSpan.Zero;
        if (warnedOfClock || ahead.Duration() < TimeSpan.FromMinutes(1)) return;
        warnedOfClock = true;
        var fault = $"{(int)ahead.Duration().TotalSeconds} seconds {(ahead > TimeSpan.Zero ? "ahead of" : "behind")}";
        LiveAssistTokens.Log(log, $"This server's clock is {fault} Dynamics' clock. "
            + "Set it, or Live Assist may refuse the tokens.", LogLevel.Warning);
    }

    /// <summary>The client secret must not pass a proxy on its way to this machine.</summary>
    private sealed class NoProxyForLoopback(IWebProxy proxy) : IWebProxy
    {
        public ICredentials? Credentials { get => proxy.Credentials; set => proxy.Credentials = value; }
        public Uri? GetProxy(Uri destination) => proxy.GetProxy(destination);
        public bool IsBypassed(Uri host) => host.IsLoopback || proxy.IsBypassed(host);
    }
}

/// <summary>Its message is a sentence of this file, and contains no secret and no address.</summary>
public sealed class LiveAssistFailure(string message) : Exception(message)
{
    public bool IsLate { get; init; }
    internal int Status { get; init; }
    internal TimeSpan? Wait { get; init; }
}

/// <summary>Makes the token.</summary>
internal sealed class LiveAssistMint(IOptions<LiveAssistTokenOptions> options, TimeProvider clock)
{
    // An RSA object must not be used by two threads at a time, so each token gets its own.
    private readonly Lazy<RSAParameters> key = new(() => PrivateKey.Read(options.Value.PrivateKeyFile!));

    public TimeSpan Timeout => options.Value.Timeout;

    public LiveAssistContact? TrialContact =>
        DynamicsContacts.TryParseGuid(options.Value.TrialContact ?? "", out var id) ? new(id, "Trial", "Visitor") : null;

    public async Task<string> TokenAsync(LiveAssistContact contact, CancellationToken cancel)
    {
        // One second back, for a verifier whose clock is slightly behind.
        var issued = clock.GetUtcNow().ToUnixTimeSeconds() - 1;
        var claims = new JsonObject { ["sub"] = $"{contact.Id:D}" }; // Lower case.
        if (contact.GivenName is { Length: > 0 } givenName) claims["given_name"] = WellFormed(givenName);
        if (contact.FamilyName is { Length: > 0 } familyName) claims["family_name"] = WellFormed(familyName);
        claims["iss"] = options.Value.Issuer;
        claims["iat"] = issued; // Numbers, in seconds.
        claims["exp"] = issued + (long)options.Value.Lifetime.TotalSeconds;
        var input = $"{Base64Url("""{"alg":"RS256","typ":"JWT"}""")}.{Base64Url(claims.ToJsonString())}";
        var bytes = Encoding.ASCII.GetBytes(input);
        return $"{input}.{Base64Url(options.Value.Sign is { } sign ? await sign(bytes, cancel) : Sign(bytes))}";
    }

    private byte[] Sign(byte[] bytes)
    {
        using var rsa = RSA.Create(key.Value);
        return rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    /// <summary>Replaces half of an emoji at the end of a name by U+FFFD.</summary>
    private static string WellFormed(string name) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name));

    private static string Base64Url(string text) => Base64Url(Encoding.UTF8.GetBytes(text));

    private static string Base64Url(byte[] bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}

internal static class PrivateKey
{
    /// <summary>SHA-256 of the public keys of published pairs. Anyone can sign with them.</summary>
    private static readonly HashSet<string> Published =
    [
        "F56C8B01227F62DDBC16EB29A6AC0B310E276760A5E06302FA881A35146F6BC7", // jwt.io
        "D2F8D7917928BBE7A457BDBAA0F69221A49B0FBC867EA34B700E9E78364D57E8", // jwt.io
        "6FD13C2435A361E7C588CD17F55F5AD3DF0177A66C1727A6A200845F4D7AB88C", // RFC 7515
        "AD32320CF6C596D884B05381BA573ABA8DDD5749B4DE8F4A23A79F9A89DDAEB2", // RFC 7517
        "627771F25DA426D1F9AE315E42106D700B1529850EEE1592ACF39603959D795D", // RFC 7520
        "411A6612528417DE252E5D2BF92BCF16BB2279B77F79CCD1F5C30D96418D1C08", // golang-jwt's tests
        "3DD15EF34FF58DA98B4CF8FA6B9E2EB281665C38E36F56AD1FABA791B2D536C3", // php-jwt's README
        "4886B0384BFF5435D1C7E4830F4577ECE463AFFB9C5FD4488835A1B006875547", // jose's documentation
    ];

    /// <summary>The object identifier 1.2.840.113549.1.1.10.</summary>
    private static readonly byte[] RsaPss = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0A];

    /// <summary>An intact RSA key, as <see cref="Der"/> reads it.</summary>
    public static RSAParameters Read(string file)
    {
        const string name = "LIVE_ASSIST_PRIVATE_KEY_FILE";
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            throw new LiveAssistFailure(
                $"{name} cannot be read. Does the file exist, and may this process read it?");
        }
        var text = Plain(Encoding.Latin1.GetString(bytes));
        if (Regex.IsMatch(text, "BEGIN.ENCRYPTED|Proc-Type: 4,ENCRYPTED"))
            throw new LiveAssistFailure($"{name} holds a key with a pass phrase. Keep the key without one.");
        using var key = RSA.Create();
        try
        {
            var der = Der(text);
            if (der.AsSpan(0, Math.Min(40, der.Length)).IndexOf(RsaPss) >= 0)
                throw new LiveAssistFailure($"{name} holds a key for RSA-PSS. Make a pair for RS256.");
            ImportDer(key, der);
            // A key with a wrong letter may still be readable. Then its two halves do not fit.
            var signature = key.SignData(der, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            if (!key.VerifyData(der, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
                throw new CryptographicException();
        }
        catch (Exception error) when (error is FormatException or CryptographicException)
        {
            throw new LiveAssistFailure(
                $"{name} holds no intact RSA private key. Is it the whole file that begins with BEGIN PRIVATE KEY?");
        }
        if (key.KeySize < 2048)
            throw new LiveAssistFailure($"{name} holds a key of {key.KeySize} bits. Make a pair of 2048 bits.");
        if (Published.Contains(Convert.ToHexString(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))))
            throw new LiveAssistFailure($"{name} holds a key that has been published. Make a new pair.");
        return key.ExportParameters(includePrivateParameters: true);
    }

    /// <summary>The text of a key file without what UTF-16, base64, JSON, forms and source code add to it.</summary>
    private static string Plain(string text)
    {
        if (IsDer(text)) return text;
        var inner = Encoding.Latin1.GetString(Decode(text) ?? []).Replace("\0", "");
        text = Regex.IsMatch(inner, "BEGIN.*PRIVATE") ? inner : text.Replace("\0", "");
        (string Written, string Meant)[] escapes =
        [
            (@"(?i)%2b|\\+u002b", "+"), ("(?i)%2f", "/"), ("(?i)%3d", "="), (@"(?i)%20|%0[ad]|\\+[nrt]", " "),
            (@"[""'`](?:\s*[+.&,_])*\s*[""'`]", ""),
        ];
        return escapes.Aggregate(text, (plain, escape) => Regex.Replace(plain, escape.Written, escape.Meant));
    }

    /// <summary>The bytes of a private key: DER, between BEGIN and END lines, or base64 without these lines. Otherwise
    /// none.</summary>
    private static byte[] Der(string text)
    {
        const string block = "(?s)BEGIN[ +](?:RSA[ +])?PRIVATE[ +]KEY(.+?)END[ +](?:RSA[ +])?PRIVATE";
        const string bare = @"(?<![A-Za-z0-9+/])(MI[A-Za-z0-9+/\s]{300,}={0,2})";
        var der = IsDer(text)
            ? Encoding.Latin1.GetBytes(text)
            : Decode(OwnDigits(Regex.Match(text, Regex.IsMatch(text, "BEGIN|END.PRIVATE") ? block : bare).Groups[1].Value));
        return der is [0x30, 0x82, var high, var low, ..] && der.Length == 4 + (high << 8 | low) ? der : [];
    }

    /// <summary>The base64 as far as the length in its head says. What follows belongs to something else.</summary>
    private static string OwnDigits(string text)
    {
        var digits = Regex.Replace(text, "[^A-Za-z0-9+/]", "");
        var size = digits.Length >= 8 && Decode(digits[..8]) is [_, _, var high, var low, ..] ? 4 + (high << 8 | low) : 0;
        digits = digits[..Math.Min(digits.Length, (size * 4 + 2) / 3)];
        return digits.PadRight((digits.Length + 3) / 4 * 4, '=');
    }

    /// <summary>A sequence of more than 255 bytes.</summary>
    private static bool IsDer(string text) => text.StartsWith("0\u0082", StringComparison.Ordinal);

    private static byte[]? Decode(string text)
    {
        var base64 = Regex.Replace(text, "[^A-Za-z0-9+/=]", "");
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }

    private static void ImportDer(RSA key, byte[] bytes)
    {
        try
        {
            key.ImportPkcs8PrivateKey(bytes, out _);
        }
        catch (CryptographicException)
        {
            key.ImportRSAPrivateKey(bytes, out _);
        }
    }
}

/// <summary>Says what is wrong with the settings, in one sentence each.</summary>
internal sealed class LiveAssistSettings : IValidateOptions<LiveAssistTokenOptions>
{
    public ValidateOptionsResult Validate(string? name, LiveAssistTokenOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(LiveAssistTokenOptions options)
    {
        var missing = (string name, string? value) => string.IsNullOrEmpty(value)
            ? $"{name} is not set. The head of LiveAssistTokens.cs says what it is."
            : null;
        // Client secret and access token travel there: https, unless the server is on this machine.
        var address = (string name, string? value) => missing(name, value)
            ?? (Regex.IsMatch(value!, @"\A(https://[A-Za-z0-9_.-]+(:[0-9]+)?|http://127\.0\.0\.1:[0-9]+)(/[A-Za-z0-9_./-]*)?\z")
                ? null
                : $"{name} is not written like its example. "
                    + "Does it begin with https://, and is nothing like <tenant id> left in it?");
        string?[] faults =
        [
            missing("LIVE_ASSIST_ISSUER", options.Issuer),
            options.Sign is null
                ? missing("LIVE_ASSIST_PRIVATE_KEY_FILE", options.PrivateKeyFile) ?? KeyFault(options.PrivateKeyFile!)
                : null,
            .. options.UsesDynamics ? new[] { address("DYNAMICS_URL", options.DynamicsUrl) } : [],
            .. options.UsesDynamics && options.AccessToken is null
                ? new[]
                {
                    address("DYNAMICS_TOKEN_URL", options.DynamicsTokenUrl),
                    missing("DYNAMICS_CLIENT_ID", options.DynamicsClientId),
                    missing("DYNAMICS_CLIENT_SECRET", options.DynamicsClientSecret),
                }
                : [],
            string.IsNullOrEmpty(options.TrialContact) || DynamicsContacts.TryParseGuid(options.TrialContact, out _)
                ? null
                : "LIVE_ASSIST_TRIAL_CONTACT is not a GUID. Set the GUID of a contact.",
        ];
        return faults.OfType<string>();
    }

    private static string? KeyFault(string file)
    {
        try
        {
            PrivateKey.Read(file);
            return null;
        }
        catch (LiveAssistFailure failure)
        {
            return failure.Message;
        }
    }
}

/// <summary>Logs each fault of the settings when the site starts. The site starts all the same: only the chat needs
/// them.</summary>
internal sealed class LiveAssistSettingsLog(
    IOptions<LiveAssistTokenOptions> options, ILogger<LiveAssistSettings> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            _ = options.Value;
        }
        catch (OptionsValidationException invalid)
        {
            foreach (var fault in invalid.Failures) LiveAssistTokens.Log(log, fault);
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Builds the site's routes when the site starts, so that a wrong one ends the start. Otherwise they would be
/// built at the first request.</summary>
internal sealed class LiveAssistRoutes : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        _ = app.ApplicationServices.GetService<EndpointDataSource>()?.Endpoints;
    };
}
