// A minimal site in ASP.NET Core: sign-in, the bridge's tag, and the token endpoint of LiveAssistTokens.cs.
//
//     dotnet run -- keys www.example.com     makes the key pair and prints what to enter in Live Assist
//     dotnet run                             starts the site
//
// appsettings.Development.json has the settings. They lead to the demo's CRM, which `npm run demo` starts.

using System.Security.Claims;
using System.Text.Encodings.Web;
using LiveAssist;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

if (args is ["keys", ..]) return LiveAssistKeys.Run(args[1..]);

var builder = WebApplication.CreateBuilder(args);
if (builder.Configuration["PORT"] is { Length: > 0 } port) builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
builder.Services.AddAuthorization();
builder.Services.AddAntiforgery();
builder.Services.AddLiveAssistTokens(builder.Configuration);

var app = builder.Build();

// The address comes from the sign-in and ends with it. It is proven, because nobody can change it on this site.
app.MapLiveAssistToken(
    "/live-assist/token",
    visitor: (ClaimsPrincipal user) => user.FindFirst(claim =>
        claim.Type == ClaimTypes.Email && claim.Issuer == ClaimsIdentity.DefaultIssuer)?.Value,
    contact: (address, services, cancel) => services.GetRequiredService<DynamicsContacts>().FindAsync(address, cancel));

// The accounts of the demo. A real site has its own, for example with ASP.NET Core Identity.
var accounts = new Account[]
{
    new("maya", "Maya Okafor", "maya@example.com", "willow-14"),
    new("zoe", "Zoë Łukasiewicz", "zoe@example.com", "cello-88"),
    new("patrick", "Patrick O'Brien", "p.o'brien@example.com", "bread-03"),
    new("tom", "Tom Becker, who has no contact", "tom@example.com", "meter-70"),
};

app.MapGet("/", (HttpContext context, IAntiforgery antiforgery) =>
{
    return Results.Content(Page(context.User, antiforgery.GetAndStoreTokens(context)), "text/html; charset=utf-8");
});

app.MapPost("/sign-in", async (HttpContext context, IAntiforgery antiforgery) =>
{
    if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest();
    var form = await context.Request.ReadFormAsync();
    var account = accounts.FirstOrDefault(one => one.Email == form["email"] && one.Password == form["password"]);
    if (account is null) return Results.Redirect("/");
    var claims = new Claim[]
    {
        new(ClaimTypes.NameIdentifier, account.Id),
        new(ClaimTypes.Name, account.Name),
        new(ClaimTypes.Email, account.Email),
    };
    await context.SignInAsync(new ClaimsPrincipal(
        new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme)));
    return Results.Redirect("/");
});

app.MapPost("/sign-out", async (HttpContext context, IAntiforgery antiforgery) =>
{
    if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest();
    await context.SignOutAsync();
    return Results.Redirect("/");
});

// The tag's file: from wwwroot, or from the package that this folder is part of.
app.MapGet("/live-assist-bridge.umd.js", (IWebHostEnvironment site) =>
{
    var file = new[] { "wwwroot", "../../../dist" }
        .Select(folder => Path.GetFullPath(Path.Combine(site.ContentRootPath, folder, "live-assist-bridge.umd.js")))
        .FirstOrDefault(File.Exists);
    return file is null
        ? Results.Content("console.error('Copy live-assist-bridge.umd.js into wwwroot.');", "text/javascript")
        : Results.File(file, "text/javascript");
});

app.Run();
return 0;

string Page(ClaimsPrincipal user, AntiforgeryTokenSet antiforgery)
{
    var html = HtmlEncoder.Default;
    var field = $"""<input type="hidden" name="{antiforgery.FormFieldName}" value="{antiforgery.RequestToken}">""";
    var people = string.Concat(accounts.Select(one => $"""
        <form method="post" action="/sign-in">{field}
          <input type="hidden" name="email" value="{html.Encode(one.Email)}">
          <input type="hidden" name="password" value="{html.Encode(one.Password)}">
          <button>Sign in as {html.Encode(one.Name)}</button>
        </form>
        """));
    var session = user.Identity?.IsAuthenticated == true
        ? $"""<form method="post" action="/sign-out">{field}{html.Encode(user.Identity.Name ?? "")} <button>Sign out</button></form>"""
        : people;
    // data-visitor tells the bridge when the visitor changes. It is empty for a guest, who then makes no request.
    var guest = string.IsNullOrEmpty(app.Configuration["LIVE_ASSIST_TRIAL_CONTACT"]) ? "" : "trial";
    return $$"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <title>Live Assist with ASP.NET Core</title>
          <script src="/live-assist-bridge.umd.js" data-token-endpoint="/live-assist/token"
            data-visitor="{{html.Encode(user.FindFirstValue(ClaimTypes.NameIdentifier) ?? guest)}}" defer></script>
        </head>
        <body>
          <h1>Live Assist with ASP.NET Core</h1>
          {{session}}
          <p><button id="chat">Ask for a token, as Live Assist does</button></p>
          <pre id="answer"></pre>
          <script>
            const answer = document.getElementById('answer');
            document.getElementById('chat').onclick = () =>
              authoriseChatWithCallback((token, error) => {
                if (!token) return (answer.textContent = `${error}. The console and the site's log say why.`);
                const part = token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/');
                const bytes = Uint8Array.from(atob(part), (letter) => letter.charCodeAt(0));
                const claims = JSON.parse(new TextDecoder().decode(bytes));
                answer.textContent = JSON.stringify(claims, null, 2);
              });
          </script>
        </body>
        </html>
        """;
}

internal sealed record Account(string Id, string Name, string Email, string Password);
