// The documented ways to set up a site, one per start: `dotnet Variants.dll <variant>`. Examples.cs is made of the documentation.

using System.Collections.Concurrent;
using System.Security.Claims;
using LiveAssist;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

var variant = args[0];
var builder = WebApplication.CreateBuilder(args[1..]);
builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
builder.WebHost.UseUrls("http://127.0.0.1:0");
if (variant == "closed") Examples.Closed(builder);
else
    builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
        // As if half of the session's time were over at each request.
        options.Events.OnCheckSlidingExpiration = context =>
        {
            context.ShouldRenew = variant == "sliding";
            return Task.CompletedTask;
        });
builder.Services.AddControllers();
builder.Services.AddAuthorization(options =>
    options.FallbackPolicy = variant == "open" ? options.DefaultPolicy : null);
builder.Services.AddOutputCache(options => options.AddBasePolicy(policy => policy.Cache()));
builder.Services.AddIdentityCore<IdentityUser>().AddUserStore<Users>();

WebApplication app;
if (variant is "site") app = Examples.Site(builder);
else
{
    if (variant == "mounted") builder.Services.AddSingleton<IStartupFilter, Mounted>();
    if (variant == "strict") Examples.Strict(builder);
    else builder.Services.AddLiveAssistTokens(builder.Configuration);
    app = builder.Build();
}
app.UseOutputCache();
if (variant is "open") Examples.Open(app);
else if (variant is "identity") Examples.Identity(app);
else if (variant is not "site")
{
    var endpoint = app.MapLiveAssistToken(
        "/live-assist/token",
        visitor: context => variant == "throws"
            ? throw new InvalidOperationException("ada@example.com")
            : context.User.FindFirst(claim => claim.Type == "dynamics_contact_id"
                && claim.Issuer == ClaimsIdentity.DefaultIssuer)?.Value ?? context.Request.Headers["X-Session"],
        contact: async (id, services, cancel) =>
        {
            if (variant == "slow") await Task.Delay(Timeout.Infinite, CancellationToken.None);
            return new LiveAssistContact(Guid.Parse(id), "Ada \ud83d");
        });
    app.MapGet("/controller", async (HttpContext context, CancellationToken stop) => await LiveAssistTokens.RespondAsync(
        context,
        "/controller",
        visitor: (HttpContext asked) => asked.Request.Headers["X-Session"].ToString(),
        contact: async (id, services, cancel) =>
        {
            await Task.Yield();
            return new LiveAssistContact(Guid.Parse(id));
        }));
    app.MapGroup("/group").MapLiveAssistToken(
        "/live-assist/token",
        visitor: context => context.Request.Headers["X-Session"].ToString(),
        contact: (id, services, cancel) => Task.FromResult<LiveAssistContact?>(new(Guid.Parse(id))));
    // "group /{culture}" or "route /{culture}/token".
    if (variant.Split(' ') is [var kind, var pattern])
        (kind == "group" ? (IEndpointRouteBuilder)app.MapGroup("/outer").MapGroup(pattern) : app).MapLiveAssistToken(
            kind == "group" ? "/live-assist/token" : pattern,
            visitor: context => context.Request.Headers["X-Session"].ToString(),
            contact: (id, services, cancel) => Task.FromResult<LiveAssistContact?>(new(Guid.Parse(id))));
    app.MapControllerRoute("default", "{controller}/{action=Index}/{id?}");
    app.MapGet("/page", () => "A page.");
    if (variant is "closed" or "closed-by-default") endpoint.RequireAuthorization();
}

app.MapPost("/sign-in", (HttpContext context, string id, string? issuer) => context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(
    [new("dynamics_contact_id", id, null, issuer), new(ClaimTypes.NameIdentifier, id)],
    CookieAuthenticationDefaults.AuthenticationScheme)))).AllowAnonymous();
app.MapPost("/sign-out", (HttpContext context) => context.SignOutAsync()).AllowAnonymous();
app.MapPost("/change-address", async (ClaimsPrincipal user, UserManager<IdentityUser> users, string to, bool confirmed) =>
{
    var found = await users.FindByIdAsync(user.FindFirstValue(ClaimTypes.NameIdentifier) ?? "");
    if (found is null) return;
    await users.SetEmailAsync(found, to);
    if (confirmed) found.EmailConfirmed = true;
});
app.Run();

/// <summary>Everybody who is asked for exists, and has no address yet.</summary>
internal sealed class Users : IUserEmailStore<IdentityUser>
{
    private static readonly ConcurrentDictionary<string, IdentityUser> All = new();

    public Task<IdentityUser?> FindByIdAsync(string id, CancellationToken cancel) =>
        Task.FromResult<IdentityUser?>(All.GetOrAdd(id, _ => new(id) { Id = id }));

    public Task<IdentityResult> UpdateAsync(IdentityUser user, CancellationToken cancel) =>
        Task.FromResult(IdentityResult.Success);

    public Task SetEmailAsync(IdentityUser user, string? email, CancellationToken cancel)
    {
        user.Email = email;
        return Task.CompletedTask;
    }

    public Task SetEmailConfirmedAsync(IdentityUser user, bool confirmed, CancellationToken cancel)
    {
        user.EmailConfirmed = confirmed;
        return Task.CompletedTask;
    }

    public Task SetNormalizedEmailAsync(IdentityUser user, string? email, CancellationToken cancel) => Task.CompletedTask;
    public Task SetNormalizedUserNameAsync(IdentityUser user, string? name, CancellationToken cancel) => Task.CompletedTask;
    public Task<string?> GetEmailAsync(IdentityUser user, CancellationToken cancel) => Task.FromResult(user.Email);
    public Task<bool> GetEmailConfirmedAsync(IdentityUser user, CancellationToken cancel) =>
        Task.FromResult(user.EmailConfirmed);
    public Task<string> GetUserIdAsync(IdentityUser user, CancellationToken cancel) => Task.FromResult(user.Id);
    public Task<string?> GetUserNameAsync(IdentityUser user, CancellationToken cancel) => Task.FromResult(user.UserName);

    public Task<IdentityUser?> FindByEmailAsync(string email, CancellationToken cancel) => throw new NotSupportedException();
    public Task<IdentityUser?> FindByNameAsync(string name, CancellationToken cancel) =>
        Task.FromResult<IdentityUser?>(null);
    public Task<string?> GetNormalizedEmailAsync(IdentityUser user, CancellationToken cancel) =>
        throw new NotSupportedException();
    public Task<string?> GetNormalizedUserNameAsync(IdentityUser user, CancellationToken cancel) =>
        throw new NotSupportedException();
    public Task SetUserNameAsync(IdentityUser user, string? name, CancellationToken cancel) =>
        throw new NotSupportedException();
    public Task<IdentityResult> CreateAsync(IdentityUser user, CancellationToken cancel) => throw new NotSupportedException();
    public Task<IdentityResult> DeleteAsync(IdentityUser user, CancellationToken cancel) => throw new NotSupportedException();
    public void Dispose() { }
}

/// <summary>Reached at /Token and, as conventional routes do, at many other paths.</summary>
public sealed class TokenController : ControllerBase
{
    public Task Index(string? id) => Answer();

    [Route("/Attribute/{**rest}")]
    public Task Attribute() => Answer();

    private Task Answer() => LiveAssistTokens.RespondAsync(
        HttpContext,
        "/Token",
        visitor: context => context.Request.Headers["X-Session"].ToString(),
        contact: (id, services, cancel) => Task.FromResult<LiveAssistContact?>(new(Guid.Parse(id))));
}

/// <summary>Mounts the site under /shop.</summary>
internal sealed class Mounted : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app => next(app.UsePathBase("/shop"));
}
