// Runs the excerpt of docs/testing.md in a browser. Arguments: the file of launch options, the site's address, and its visitor.
using System.Text.Json;
using Microsoft.Playwright;

var given = JsonDocument.Parse(File.ReadAllText(args[0])).RootElement;
using var playwright = await Playwright.CreateAsync();
await using var browser = await playwright.Chromium.LaunchAsync(new()
{
    ExecutablePath = given.GetProperty("executablePath").GetString(),
    Args = given.GetProperty("args").EnumerateArray().Select(one => one.GetString()!).ToArray(),
    Env = given.GetProperty("env").EnumerateObject().Select(one => KeyValuePair.Create(one.Name, one.Value.GetString()!)),
});
var context = await browser.NewContextAsync();
await context.AddCookiesAsync([new Cookie { Name = "visitor", Value = args[2], Url = args[1] }]);
var page = await context.NewPageAsync();

/* excerpt */

Console.WriteLine(chat.GetRawText());

/// <summary>As xUnit's, which needs a test runner.</summary>
static class Assert
{
    public static void Equal(string? expected, string? actual)
    {
        if (expected != actual) throw new InvalidOperationException($"Expected {expected}, received {actual}.");
    }
}
