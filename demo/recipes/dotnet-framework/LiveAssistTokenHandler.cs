// Token endpoint for Live Assist in ASP.NET on .NET Framework 4.8 (Web Forms, MVC 5), one file, no packages.
//
// 1. Copy this file into the project. Add references to System.Web.Extensions, System.Net.Http, System.Configuration.
//    Register the handler in web.config, and keep <httpRuntime targetFramework="4.8" /> there:
//        <system.webServer><handlers>
//          <add name="LiveAssistToken" path="live-assist/token" verb="*" type="LiveAssistTokenHandler" />
//        </handlers></system.webServer>
//    In MVC, add routes.IgnoreRoute("live-assist/token"). The path is the bridge's tokenEndpoint. If the site is closed to
//    guests, open this one path with <location path="live-assist/token"> and <allow users="*" />: the handler answers
//    guests with 401 itself. With OWIN cookies, set SlidingExpiration = false: they would renew the session in the
//    answer, and bring it back after a sign-out in between.
// 2. Replace the body of Visitor() with a look at the user who is signed in.
// 3. Set these in <appSettings> or in the environment. Keep the key file outside of the site's folder.
//    LIVE_ASSIST_ISSUER            www.example.com, exactly as entered in Live Assist
//    LIVE_ASSIST_PRIVATE_KEY_FILE  C:\keys\private_key.pem, readable by the application pool's identity alone
//    DYNAMICS_URL                  https://contoso.crm4.dynamics.com
//    DYNAMICS_TOKEN_URL            https://login.microsoftonline.com/<tenant id>/oauth2/v2.0/token
//    DYNAMICS_CLIENT_ID, DYNAMICS_CLIENT_SECRET   of an application user that may read contacts
//    LIVE_ASSIST_TRIAL_CONTACT     only to try it on your own machine: guests on localhost become this contact (a GUID)
// 4. Log lines go to System.Diagnostics.Trace, as errors.

using System;
using System.Collections.Generic;
using System.Configuration;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using System.Web;
using System.Web.Script.Serialization;

public sealed class LiveAssistTokenHandler : HttpTaskAsyncHandler
{
    private const string Path = "/live-assist/token";
    private const int Lifetime = 7200; // seconds
    private const int MaxBytes = 1024 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5); // For one look-up, access token included.

    /// <summary>REPLACE THE BODY. Who is signed in, by your own session? Return
    /// the GUID of the visitor's Contact in Dynamics: best, if kept where the visitor cannot write it; or
    /// the visitor's e-mail address, if the visitor has PROVEN that it is theirs, also after every change of it.
    /// A visitor who can change the address without proof becomes somebody else; or
    /// null if nobody is signed in.
    /// The value must end with the sign-in. Session is null here: a value in it would outlive the sign-out.</summary>
    /// <example>return context.User is ClaimsPrincipal user && user.Identity.IsAuthenticated
    ///     ? user.FindFirst(claim => claim.Type == "dynamics_contact_id"
    ///         && claim.Issuer == ClaimsIdentity.DefaultIssuer)?.Value // The site's own, of no other identity provider.
    ///     : null;</example>
    private static string Visitor(HttpContext context)
    {
        return null;
    }

    public override bool IsReusable => true;

    public override async Task ProcessRequestAsync(HttpContext context)
    {
        var answer = await AnswerAsync(context);
        var response = context.Response;
        // slidingExpiration renews the session in this answer. After a sign-out in between, that would bring it back.
        response.Cookies.Clear();
        response.StatusCode = answer.Key;
        response.TrySkipIisCustomErrors = true;
        response.SuppressFormsAuthenticationRedirect = true;
        response.ContentType = "application/json";
        response.AppendHeader("Cache-Control", "no-store");
        response.AppendHeader("Vary", "Cookie, Authorization");
        response.AppendHeader("X-Content-Type-Options", "nosniff");
        if (answer.Key == 405) response.AppendHeader("Allow", "GET, POST");
        if (answer.Key == 503) response.AppendHeader("Retry-After", "1");
        if (context.Request.HttpMethod != "HEAD")
            response.Write(new JavaScriptSerializer().Serialize(
                new Dictionary<string, string> { { answer.Key == 200 ? "token" : "error", answer.Value } }));
    }

    private static KeyValuePair<int, string> Answer(int status, string word) =>
        new KeyValuePair<int, string>(status, word);

    private static async Task<KeyValuePair<int, string>> AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (!IsExactPath(request))
        {
            Log("The path that was sent is not the exact path of the endpoint, so the answer was 404. "
                + "Use one path in the bridge's tokenEndpoint, the recipe and the proxy.");
            return Answer(404, "not-found");
        }
        if (request.HttpMethod != "GET" && request.HttpMethod != "POST") return Answer(405, "method-not-allowed");
        if (!IsOwnPage(request)) return Answer(403, "foreign-origin");
        try
        {
            var who = Visitor(context);
            var contact = string.IsNullOrEmpty(who) ? TrialContact(request) : await FindContactAsync(who);
            if (contact != null) return Answer(200, Sign(Claims(contact)));
            return string.IsNullOrEmpty(who) ? Answer(401, "signed-out") : Answer(403, "no-contact");
        }
        catch (Exception error)
        {
            // Only our own sentences are logged. Another message or a stack trace may hold the key or an address.
            Log(error is Fault ? error.Message : error.GetType().Name);
            return error is TooSlow ? Answer(503, "timeout") : Answer(500, "failed");
        }
    }

    /// <summary>Its message is a sentence of this file and contains no secret.</summary>
    private class Fault : Exception
    {
        public Fault(string message) : base(message) { }
        public int Status { get; set; }
    }

    private sealed class TooSlow : Fault
    {
        public TooSlow(string who)
            : base($"{who} did not answer within {Limit.TotalSeconds} seconds. The visitor may try again.") { }
    }

    private static void Log(string sentence) => Trace.TraceError("Live Assist token: " + sentence);

    /// <summary>A CDN that caches by extension or folder would keep a token at /token/a.css or /static/..%2ftoken. IIS
    /// decodes such paths, so the path is compared as it was sent. A host may precede it (RFC 9112, 3.2.2).</summary>
    private static bool IsExactPath(HttpRequest request)
    {
        var target = request.ServerVariables["UNENCODED_URL"] ?? request.RawUrl;
        var sent = Regex.Replace(target, @"\A(?i:https?)://[A-Za-z0-9._:\[\]-]+", "").Split('?')[0];
        return request.PathInfo.Length == 0
            && sent.EndsWith(Path, StringComparison.Ordinal)
            && string.Equals(sent, request.ApplicationPath.TrimEnd('/') + Path, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A page of another site must never get a token. A request with neither header is from a phone or a
    /// server.</summary>
    private static bool IsOwnPage(HttpRequest request)
    {
        var site = request.Headers.GetValues("Sec-Fetch-Site");
        if (site != null) return site.Length == 1 && (site[0] == "same-origin" || site[0] == "none");
        var origin = request.Headers.GetValues("Origin");
        var host = request.Headers["Host"];
        return origin == null
            || origin.Length == 1 && (origin[0] == $"https://{host}" || origin[0] == $"http://{host}");
    }

    /// <summary>The contact for guests while you try the endpoint on your own machine.</summary>
    private static Dictionary<string, object> TrialContact(HttpRequest request)
    {
        var trial = Read("LIVE_ASSIST_TRIAL_CONTACT");
        if (string.IsNullOrEmpty(trial)) return null;
        // Some proxies add no header. So HTTP/1.0, which many proxies speak, and a foreign page count as a proxy, too.
        var isDirect = IPAddress.TryParse(request.UserHostAddress ?? "", out var peer)
            && IPAddress.IsLoopback(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer)
            && request.ServerVariables["SERVER_PROTOCOL"] != "HTTP/1.0"
            && !request.Headers.AllKeys.Any(name => Matches(name, FromProxy))
            && Matches(request.Headers["Host"], Local)
            && new[] { "Origin", "Referer" }.SelectMany(name => request.Headers.GetValues(name) ?? new string[0])
                .All(page => Matches(page, $@"https?://{Local}(/(?!.*, ?\w+://).*)?"));
        if (!isDirect)
        {
            Log("LIVE_ASSIST_TRIAL_CONTACT is set, but this request did not come directly from this machine. "
                + "Remove the setting on a public site.");
            return null;
        }
        if (ToGuid(trial) == null)
            throw new Fault("LIVE_ASSIST_TRIAL_CONTACT is not a GUID. Set the GUID of a contact.");
        return new Dictionary<string, object>
        {
            { "contactid", trial }, { "firstname", "Trial" }, { "lastname", "Visitor" },
        };
    }

    private const string FromProxy = "(X-)?Forwarded.*|X-(Original|ARR|Amzn?|Azure|Envoy|Proxy|Rewrite)-.*"
        + "|(CF|Fastly|Proxy|WL-Proxy)-.*|X-Varnish|Front-End-Https|Via|CDN-Loop|.*-(IP|Addr)";

    private const string Local = @"(([a-z0-9-]+\.)*localhost|127(\.[0-9]+){3}|\[::1\])(:[0-9]+)?";

    private static bool Matches(string text, string pattern) =>
        Regex.IsMatch(text ?? "", $@"\A({pattern})\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The GUID as Dynamics writes it, or null. Braces may be around it, and its dashes may be missing.</summary>
    private static string ToGuid(object value) => value is string text && Regex.IsMatch(
        text, @"\A(?:[0-9A-Fa-f]{32}|(\{)?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?(1)\}))\z")
        ? Guid.Parse(text).ToString("D")
        : null;

    /// <summary>The active contact in Dynamics with this GUID or e-mail address.</summary>
    private static async Task<Dictionary<string, object>> FindContactAsync(string who)
    {
        var time = Stopwatch.StartNew();
        var id = ToGuid(who);
        if (id == null && !who.Contains("@"))
        {
            Log("The visitor's id is neither a GUID nor an e-mail address. Return one of the two from Visitor().");
            return null;
        }
        var column = id == null ? "emailaddress1" : "contactid";
        var value = id ?? "'" + who.Replace("'", "''") + "'"; // OData doubles a quote within text.
        var filter = Uri.EscapeDataString($"{column} eq {value} and statecode eq 0");
        var query = "$select=contactid,firstname,lastname,emailaddress1&$filter=" + filter;
        var answer = await LookUpAsync($"{DynamicsUrl()}/api/data/v9.2/contacts?{query}", time).ConfigureAwait(false);
        var rows = (Field(answer, "value") as List<object>)?.Select(row => row as Dictionary<string, object>).ToList();
        if (rows == null || rows.Contains(null))
            throw new Fault("Dynamics answered no list of contacts. Is DYNAMICS_URL right?");
        // Dynamics finds josé for jose. So compare again: only A to Z equal a to z.
        var same = rows.Where(row =>
            Field(row, column) is string stored && LowerAscii(stored) == LowerAscii(id ?? who)).ToList();
        if (same.Count > 1) throw new Fault("Two active contacts have one e-mail address. Merge them in Dynamics.");
        return same.FirstOrDefault();
    }

    private static object Field(Dictionary<string, object> row, string column) =>
        row.TryGetValue(column, out var value) ? value : null;

    private static string LowerAscii(string text) =>
        string.Concat(text.Select(letter => letter >= 'A' && letter <= 'Z' ? (char)(letter | 0x20) : letter));

    private static readonly SemaphoreSlim Gate = new SemaphoreSlim(1);
    private static string keptToken;
    private static DateTime keptUntil;

    /// <summary>Asks with the kept access token, and once more with a new one if Dynamics refuses the kept one.</summary>
    private static async Task<Dictionary<string, object>> LookUpAsync(string url, Stopwatch time)
    {
        while (true)
        {
            var kept = keptToken;
            var token = await AccessTokenAsync(time).ConfigureAwait(false);
            var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            try
            {
                return await AskAsync("Dynamics", request, time).ConfigureAwait(false);
            }
            catch (Fault refused) when (refused.Status == 401 && kept == token)
            {
                keptToken = null;
            }
        }
    }

    /// <summary>Kept until a minute before it expires.</summary>
    private static async Task<string> AccessTokenAsync(Stopwatch time)
    {
        const string who = "DYNAMICS_TOKEN_URL";
        if (!await Gate.WaitAsync(Left(time)).ConfigureAwait(false)) throw new TooSlow(who);
        try
        {
            if (keptToken != null && DateTime.UtcNow < keptUntil) return keptToken;
            var request = new HttpRequestMessage(HttpMethod.Post, Address(who))
            {
                Content = new FormUrlEncodedContent(new Dictionary<string, string>
                {
                    { "grant_type", "client_credentials" },
                    { "client_id", Setting("DYNAMICS_CLIENT_ID") },
                    { "client_secret", Setting("DYNAMICS_CLIENT_SECRET") },
                    { "scope", DynamicsUrl() + "/.default" },
                }),
            };
            var now = DateTime.UtcNow;
            var answer = await AskAsync(who, request, time).ConfigureAwait(false);
            if (!(Field(answer, "access_token") is string token) || !Regex.IsMatch(token, @"\A[A-Za-z0-9._~+/-]+=*\z"))
                throw new Fault($"{who} answered no access token. Is the address right?");
            keptToken = token;
            keptUntil = now.AddSeconds((Field(answer, "expires_in") is double seconds ? seconds : 0) - 60);
            return token;
        }
        finally
        {
            Gate.Release();
        }
    }

    private static TimeSpan Left(Stopwatch time) =>
        time.Elapsed < Limit ? Limit - time.Elapsed : TimeSpan.Zero;

    private static readonly HttpClient Http = new HttpClient(new HttpClientHandler
    {
        AllowAutoRedirect = false, // A redirect would carry the access token elsewhere.
        Proxy = new NoProxyForLoopback(WebRequest.DefaultWebProxy),
        UseCookies = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // Each look-up has its own limit.
    };

    /// <summary>The client secret must not pass a proxy on its way to this machine.</summary>
    private sealed class NoProxyForLoopback : IWebProxy
    {
        private readonly IWebProxy proxy;
        public NoProxyForLoopback(IWebProxy proxy) { this.proxy = proxy; }
        public ICredentials Credentials { get => proxy?.Credentials; set { } }
        public Uri GetProxy(Uri destination) => IsBypassed(destination) ? destination : proxy.GetProxy(destination);
        public bool IsBypassed(Uri host) => host.IsLoopback || proxy == null || proxy.IsBypassed(host);
    }

    /// <summary>The JSON object of one answer, within the remaining time. On .NET Framework, reading a stream
    /// ignores cancellation, so the connection is closed instead.</summary>
    private static async Task<Dictionary<string, object>> AskAsync(
        string who, HttpRequestMessage request, Stopwatch time)
    {
        using (request)
        using (var stop = new CancellationTokenSource())
        {
            var asking = AskAsync(who, request, stop.Token);
            if (await Task.WhenAny(asking, Task.Delay(Left(time))).ConfigureAwait(false) == asking)
                return await asking.ConfigureAwait(false);
            stop.Cancel();
            _ = asking.ContinueWith(late => late.Exception, TaskScheduler.Default); // Nobody waits for it any more.
            throw new TooSlow(who);
        }
    }

    private static async Task<Dictionary<string, object>> AskAsync(
        string who, HttpRequestMessage request, CancellationToken stop)
    {
        request.Headers.Accept.ParseAdd("application/json");
        HttpResponseMessage response;
        try
        {
            const HttpCompletionOption early = HttpCompletionOption.ResponseHeadersRead;
            response = await Http.SendAsync(request, early, stop).ConfigureAwait(false);
        }
        catch (Exception error) when (!(error is OperationCanceledException))
        {
            throw new Fault($"{who} could not be reached. Is the address right?");
        }
        using (response)
        using (stop.Register(response.Dispose))
        {
            byte[] body;
            try
            {
                body = await ReadAsync(response.Content).ConfigureAwait(false);
            }
            catch (Exception)
            {
                throw new Fault($"{who} broke off its answer. Does a proxy between close connections?");
            }
            if (response.Content.Headers.ContentEncoding.Contains("gzip")) body = Unzip(body);
            if ((int)response.StatusCode != 200) throw Refused(who, (int)response.StatusCode, body);
            if (body.Length > MaxBytes) throw new Fault($"{who} answered more than 1 MB. Is the address right?");
            return Json.Object(body) ?? throw new Fault($"{who} answered no JSON object. Is the address right?");
        }
    }

    private static async Task<byte[]> ReadAsync(HttpContent content)
    {
        using (var all = new MemoryStream())
        using (var body = await content.ReadAsStreamAsync().ConfigureAwait(false))
        {
            var part = new byte[16 * 1024];
            int count;
            while (all.Length <= MaxBytes
                && (count = await body.ReadAsync(part, 0, part.Length).ConfigureAwait(false)) > 0)
                all.Write(part, 0, count);
            if (content.Headers.ContentLength is long length && all.Length < length && all.Length <= MaxBytes)
                throw new EndOfStreamException();
            return all.ToArray();
        }
    }

    /// <summary>At most one byte more than MaxBytes. Nobody asked for gzip, but a proxy may send it.</summary>
    private static byte[] Unzip(byte[] zipped)
    {
        try
        {
            using (var stream = new GZipStream(new MemoryStream(zipped), CompressionMode.Decompress))
            {
                var all = new byte[MaxBytes + 1];
                int length = 0, count;
                while ((count = stream.Read(all, length, all.Length - length)) > 0) length += count;
                return all.Take(length).ToArray();
            }
        }
        catch (Exception error) when (error is InvalidDataException || error is IOException)
        {
            return new byte[0];
        }
    }

    private static readonly Dictionary<string, string> Remedies = new Dictionary<string, string>
    {
        { "0x80072560", "Add the application user to this organisation." },
        { "0x80040225", "Enable the application user." },
        { "0x80095ffe", "Allow this server's address in the organisation's IP firewall." },
        { "0x80095ffc", "Allow the application in the organisation's access settings." },
        { "0x80040220", "Give the application user a role with Read on Contact." },
        { "0x80048306", "Give the application user's role Read on Contact at Organization level." },
        { "AADSTS7000222", "The client secret has expired. Make a new one." },
        { "AADSTS7000215", "The client secret is wrong. Set its value, not its id." },
        { "AADSTS700016", "DYNAMICS_CLIENT_ID is not known in this tenant." },
        { "AADSTS90002", "The tenant in DYNAMICS_TOKEN_URL does not exist." },
        { "AADSTS500011", "DYNAMICS_URL is not known in this tenant." },
        { "429", "It limits requests. Try again later." },
    };

    /// <summary>Only the number goes to the log. The rest of the answer may quote an address or a secret.</summary>
    private static Fault Refused(string who, int status, byte[] body)
    {
        var found = Regex.Match(
            Encoding.UTF8.GetString(body), "\"code\"\\s*:\\s*\"(0x[0-9a-fA-F]{8})\"|\"(AADSTS[0-9]+):");
        var number = found.Groups[1].Value.ToLowerInvariant() + found.Groups[2].Value;
        var cause = number == "" ? status.ToString(CultureInfo.InvariantCulture) : number;
        if (!Remedies.TryGetValue(cause, out var remedy))
            remedy = "Are the settings right, and may the application user read contacts?";
        return new Fault($"{who} answered {status}{(number == "" ? "" : $" ({number})")}. {remedy}") { Status = status };
    }

    private static string Claims(Dictionary<string, object> contact)
    {
        var id = ToGuid(Field(contact, "contactid"))
            ?? throw new Fault("Dynamics answered a contactid that is not a GUID. Is DYNAMICS_URL right?");
        // One second back, for a verifier whose clock is slightly behind.
        var issued = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 1;
        var claims = new Dictionary<string, object> { { "sub", id } };
        if (Field(contact, "firstname") is string given && given != "") claims["given_name"] = WellFormed(given);
        if (Field(contact, "lastname") is string family && family != "") claims["family_name"] = WellFormed(family);
        claims["iss"] = Setting("LIVE_ASSIST_ISSUER");
        claims["iat"] = issued; // Numbers, in seconds.
        claims["exp"] = issued + Lifetime;
        return new JavaScriptSerializer().Serialize(claims);
    }

    /// <summary>Dynamics may cut a name within an emoji. The half that is left becomes U+FFFD.</summary>
    private static string WellFormed(string name) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name));

    /// <summary>RS256, the only algorithm that Live Assist accepts.</summary>
    private static string Sign(string claims)
    {
        var input = $"{Base64Url(Encoding.UTF8.GetBytes("{\"alg\":\"RS256\",\"typ\":\"JWT\"}"))}."
            + Base64Url(Encoding.UTF8.GetBytes(claims));
        using (var rsa = NewRsa())
        {
            rsa.ImportParameters(PrivateKey.Read(Setting("LIVE_ASSIST_PRIVATE_KEY_FILE")));
            var bytes = Encoding.ASCII.GetBytes(input);
            var signature = rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return $"{input}.{Base64Url(signature)}";
        }
    }

    /// <summary>Cng needs no user profile, which an application pool may lack. It exists on Windows only.</summary>
    private static RSA NewRsa() => Environment.OSVersion.Platform == PlatformID.Win32NT ? new RSACng() : RSA.Create();

    private static string Base64Url(byte[] bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string DynamicsUrl() => Address("DYNAMICS_URL").TrimEnd('/');

    /// <summary>Client secret and access token are sent there. So it must be https, except on this machine.</summary>
    private static string Address(string name) => Regex.IsMatch(Setting(name),
        @"\A(https://[A-Za-z0-9_.-]+(:[0-9]+)?|http://127\.0\.0\.1:[0-9]+)(/[A-Za-z0-9_./-]*)?\z")
        ? Setting(name)
        : throw new Fault($"{name} is not written like its example. "
            + "Does it begin with https://, and is nothing like <tenant id> left in it?");

    private static string Read(string name) =>
        ConfigurationManager.AppSettings[name] ?? Environment.GetEnvironmentVariable(name);

    private static string Setting(string name) => Read(name) is string value && value != ""
        ? value
        : throw new Fault($"{name} is not set. The head of LiveAssistTokenHandler.cs says what it is.");

    private static class PrivateKey
    {
        /// <summary>SHA-256 of the public keys of published pairs. Anyone can sign with them.</summary>
        private static readonly string[] Published =
        {
            "F56C8B01227F62DDBC16EB29A6AC0B310E276760A5E06302FA881A35146F6BC7", // jwt.io
            "D2F8D7917928BBE7A457BDBAA0F69221A49B0FBC867EA34B700E9E78364D57E8", // jwt.io
            "6FD13C2435A361E7C588CD17F55F5AD3DF0177A66C1727A6A200845F4D7AB88C", // RFC 7515
            "AD32320CF6C596D884B05381BA573ABA8DDD5749B4DE8F4A23A79F9A89DDAEB2", // RFC 7517
            "627771F25DA426D1F9AE315E42106D700B1529850EEE1592ACF39603959D795D", // RFC 7520
            "411A6612528417DE252E5D2BF92BCF16BB2279B77F79CCD1F5C30D96418D1C08", // golang-jwt's tests
            "3DD15EF34FF58DA98B4CF8FA6B9E2EB281665C38E36F56AD1FABA791B2D536C3", // php-jwt's README
            "4886B0384BFF5435D1C7E4830F4577ECE463AFFB9C5FD4488835A1B006875547", // jose's documentation
        };

        private const string Name = "LIVE_ASSIST_PRIVATE_KEY_FILE";
        private static readonly byte[] RsaEncryption = { 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01 };
        private static readonly byte[] RsaPss = { 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0A };

        /// <summary>An intact RSA key, as <see cref="Der"/> reads it.</summary>
        public static RSAParameters Read(string file)
        {
            byte[] bytes;
            try
            {
                bytes = File.ReadAllBytes(file);
            }
            catch (Exception error) when (error is IOException || error is UnauthorizedAccessException
                || error is ArgumentException || error is NotSupportedException)
            {
                throw new Fault($"{Name} cannot be read. Does the file exist, and may this process read it?");
            }
            var text = Plain(Latin1.GetString(bytes));
            if (Regex.IsMatch(text, "BEGIN.ENCRYPTED|Proc-Type: 4,ENCRYPTED"))
                throw new Fault($"{Name} holds a key with a pass phrase. Keep the key without one.");
            RSAParameters key;
            try
            {
                key = Parse(Der(text));
                if (!IsIntact(key)) throw new FormatException();
            }
            catch (Exception error) when (error is FormatException || error is IndexOutOfRangeException
                || error is ArgumentException || error is OverflowException || error is CryptographicException)
            {
                throw new Fault(
                    $"{Name} holds no intact RSA private key. Is it the whole file that begins with BEGIN PRIVATE KEY?");
            }
            var bits = key.Modulus.Length * 8;
            if (bits < 2048) throw new Fault($"{Name} holds a key of {bits} bits. Make a pair of 2048 bits.");
            using (var hash = SHA256.Create())
                if (Published.Contains(BitConverter.ToString(hash.ComputeHash(PublicHalf(key))).Replace("-", "")))
                    throw new Fault($"{Name} holds a key that has been published. Make a new pair.");
            return key;
        }

        private static readonly Encoding Latin1 = Encoding.GetEncoding("iso-8859-1");

        /// <summary>The text of a key file without what UTF-16, base64, JSON, forms and source code add to it.</summary>
        private static string Plain(string text)
        {
            if (IsDer(text)) return text;
            var inner = Latin1.GetString(Decode(text)).Replace("\0", "");
            text = Regex.IsMatch(inner, "BEGIN.*PRIVATE") ? inner : text.Replace("\0", "");
            var escapes = new Dictionary<string, string>
            {
                { @"(?i)%2b|\\+u002b", "+" }, { "(?i)%2f", "/" }, { "(?i)%3d", "=" },
                { @"(?i)%20|%0[ad]|\\+[nrt]", " " }, { @"[""'`](?:\s*[+.&,_])*\s*[""'`]", "" },
            };
            return escapes.Aggregate(text, (plain, escape) => Regex.Replace(plain, escape.Key, escape.Value));
        }

        /// <summary>The bytes of a private key: DER, between BEGIN and END lines, or base64 without these lines.
        /// </summary>
        private static byte[] Der(string text)
        {
            const string block = "(?s)BEGIN[ +](?:RSA[ +])?PRIVATE[ +]KEY(.+?)END[ +](?:RSA[ +])?PRIVATE";
            const string bare = @"(?<![A-Za-z0-9+/])(MI[A-Za-z0-9+/\s]{300,}={0,2})";
            return IsDer(text)
                ? Latin1.GetBytes(text)
                : Decode(OwnDigits(Regex.Match(text, Regex.IsMatch(text, "BEGIN|END.PRIVATE") ? block : bare).Groups[1].Value));
        }

        /// <summary>The base64 as far as the length in its head says. What follows belongs to something else.</summary>
        private static string OwnDigits(string text)
        {
            var digits = Regex.Replace(text, "[^A-Za-z0-9+/]", "");
            var head = Decode(digits.Substring(0, Math.Min(8, digits.Length)));
            var size = head.Length < 4 ? 0 : 4 + (head[2] << 8 | head[3]);
            digits = digits.Substring(0, Math.Min(digits.Length, (size * 4 + 2) / 3));
            return digits.PadRight((digits.Length + 3) / 4 * 4, '=');
        }

        /// <summary>A sequence of more than 255 bytes.</summary>
        private static bool IsDer(string text) => text.StartsWith("0\u0082", StringComparison.Ordinal);

        private static byte[] Decode(string text)
        {
            try
            {
                return Convert.FromBase64String(Regex.Replace(text, "[^A-Za-z0-9+/=]", ""));
            }
            catch (FormatException)
            {
                return new byte[0];
            }
        }

        /// <summary>Whether the two halves fit. A key with a wrong letter may still be readable.</summary>
        private static bool IsIntact(RSAParameters key)
        {
            using (var whole = NewRsa())
            using (var half = NewRsa())
            {
                whole.ImportParameters(key);
                half.ImportParameters(new RSAParameters { Modulus = key.Modulus, Exponent = key.Exponent });
                var signature = whole.SignData(key.Modulus, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
                return half.VerifyData(key.Modulus, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            }
        }

        private static RSAParameters Parse(byte[] bytes)
        {
            var at = 0;
            var end = Enter(bytes, ref at, 0x30);
            if (end != bytes.Length) throw new FormatException();
            Integer(bytes, ref at);
            if (bytes[at] == 0x30) // PKCS#8: the algorithm, then PKCS#1 in an octet string.
            {
                var algorithm = Slice(bytes, ref at, 0x30);
                if (Contains(algorithm, RsaPss))
                    throw new Fault($"{Name} holds a key for RSA-PSS. Make a pair for RS256.");
                if (!Contains(algorithm, RsaEncryption)) throw new FormatException();
                Enter(bytes, ref at, 0x04);
                end = Enter(bytes, ref at, 0x30);
                Integer(bytes, ref at);
            }
            var numbers = new byte[8][];
            for (var n = 0; n < 8; n++) numbers[n] = Integer(bytes, ref at);
            if (at != end) throw new FormatException();
            // .NET wants each number at its full length.
            var half = (numbers[0].Length + 1) / 2;
            return new RSAParameters
            {
                Modulus = numbers[0],
                Exponent = numbers[1],
                D = Padded(numbers[2], numbers[0].Length),
                P = Padded(numbers[3], half),
                Q = Padded(numbers[4], half),
                DP = Padded(numbers[5], half),
                DQ = Padded(numbers[6], half),
                InverseQ = Padded(numbers[7], half),
            };
        }

        /// <returns>Where the element ends.</returns>
        private static int Enter(byte[] bytes, ref int at, byte tag)
        {
            if (bytes[at++] != tag) throw new FormatException();
            int length = bytes[at++];
            if (length > 0x80)
            {
                var count = length - 0x80;
                if (count > 3) throw new FormatException();
                for (length = 0; count > 0; count--) length = length << 8 | bytes[at++];
            }
            if (at + length > bytes.Length) throw new FormatException();
            return at + length;
        }

        private static byte[] Slice(byte[] bytes, ref int at, byte tag)
        {
            var end = Enter(bytes, ref at, tag);
            var slice = bytes.Skip(at).Take(end - at).ToArray();
            at = end;
            return slice;
        }

        private static byte[] Integer(byte[] bytes, ref int at) =>
            Slice(bytes, ref at, 0x02).SkipWhile(one => one == 0).ToArray();

        private static byte[] Padded(byte[] number, int length) => number.Length > length
            ? throw new FormatException()
            : Enumerable.Repeat((byte)0, length - number.Length).Concat(number).ToArray();

        private static bool Contains(byte[] bytes, byte[] part) =>
            Enumerable.Range(0, bytes.Length).Any(at => bytes.Skip(at).Take(part.Length).SequenceEqual(part));

        /// <summary>SubjectPublicKeyInfo.</summary>
        private static byte[] PublicHalf(RSAParameters key)
        {
            var algorithm = Element(0x30, Element(0x06, RsaEncryption), new byte[] { 0x05, 0x00 });
            var numbers = Element(0x30, Number(key.Modulus), Number(key.Exponent));
            return Element(0x30, algorithm, Element(0x03, new byte[] { 0 }, numbers));
        }

        private static byte[] Number(byte[] value) =>
            value[0] < 0x80 ? Element(0x02, value) : Element(0x02, new byte[] { 0 }, value);

        private static byte[] Element(byte tag, params byte[][] parts)
        {
            var content = parts.SelectMany(part => part).ToArray();
            var length = content.Length < 0x80 ? new[] { (byte)content.Length }
                : content.Length < 0x100 ? new byte[] { 0x81, (byte)content.Length }
                : new byte[] { 0x82, (byte)(content.Length >> 8), (byte)content.Length };
            return new[] { tag }.Concat(length).Concat(content).ToArray();
        }
    }

    /// <summary>Strict JSON. JavaScriptSerializer also accepts what is none.</summary>
    private sealed class Json
    {
        private readonly string text;
        private int at;

        private Json(string text) { this.text = text; }

        /// <summary>One complete object, or null.</summary>
        public static Dictionary<string, object> Object(byte[] body)
        {
            try
            {
                var text = new UTF8Encoding(false, true).GetString(body);
                var json = new Json(text.StartsWith("\uFEFF", StringComparison.Ordinal) ? text.Substring(1) : text);
                var value = json.Value(0);
                return json.Peek() == '\0' && json.at == json.text.Length ? value as Dictionary<string, object> : null;
            }
            catch (Exception error) when (error is FormatException || error is ArgumentException)
            {
                return null;
            }
        }

        /// <summary>The next character that is not white space, or '\0' at the end.</summary>
        private char Peek()
        {
            while (at < text.Length && " \t\r\n".IndexOf(text[at]) >= 0) at++;
            return at < text.Length ? text[at] : '\0';
        }

        private bool Take(char expected)
        {
            if (Peek() != expected || at == text.Length) return false;
            at++;
            return true;
        }

        private object Value(int depth)
        {
            if (depth > 64) throw new FormatException();
            if (Take('{')) return Members(depth);
            if (Take('[')) return Items(depth);
            if (Peek() == '"') return Text();
            var word = Regex.Match(text.Substring(at, Math.Min(64, text.Length - at)),
                @"\A(?:null|true|false|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)").Value;
            if (word == "") throw new FormatException();
            at += word.Length;
            if (word == "null") return null;
            if (word == "true" || word == "false") return word == "true";
            return double.Parse(word, CultureInfo.InvariantCulture);
        }

        private Dictionary<string, object> Members(int depth)
        {
            var members = new Dictionary<string, object>();
            if (Take('}')) return members;
            do
            {
                if (Peek() != '"') throw new FormatException();
                var name = Text();
                if (!Take(':')) throw new FormatException();
                members[name] = Value(depth + 1);
            }
            while (Take(','));
            return Take('}') ? members : throw new FormatException();
        }

        private List<object> Items(int depth)
        {
            var items = new List<object>();
            if (Take(']')) return items;
            do items.Add(Value(depth + 1));
            while (Take(','));
            return Take(']') ? items : throw new FormatException();
        }

        private string Text()
        {
            var found = new Regex(@"\G""(?:[^""\\\x00-\x1f]|\\(?:[""\\/bfnrt]|u[0-9a-fA-F]{4}))*""").Match(text, at);
            if (!found.Success) throw new FormatException();
            at += found.Length;
            return Regex.Replace(found.Value.Substring(1, found.Length - 2), @"\\(u....|.)", escape =>
            {
                var letter = escape.Groups[1].Value;
                if (letter[0] == 'u') return ((char)Convert.ToInt32(letter.Substring(1), 16)).ToString();
                var n = "bfnrt".IndexOf(letter[0]);
                return n < 0 ? letter : "\b\f\n\r\t"[n].ToString();
            });
        }
    }
}
