/**
 * `init` for ASP.NET Core: copies the recipe into the project.
 *
 * @module
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../usage-error.js';
import { type Project, packageFile } from '../project.js';
import { trialSettings } from '../trial-settings.js';

export function aspNetCoreProject(directory: string): Project {
  return {
    directory,
    framework: 'aspnetcore',
    webRoot: join(directory, 'wwwroot'),
    setUp(answers) {
      requireDotnet8(directory);
      const settings = Object.entries(trialSettings(answers));
      const quoted = (value: string) => (/^[\w./:=\\-]+$/.test(value) ? value : `"${value}"`);
      return {
        files: [
          {
            path: join(directory, 'LiveAssistTokens.cs'),
            text: readFileSync(packageFile('demo/recipes/dotnet/LiveAssistTokens.cs'), 'utf8'),
            mode: 0o644,
          },
          {
            path: join(directory, 'wwwroot/live-assist-bridge.umd.js'),
            text: readFileSync(packageFile('dist/live-assist-bridge.umd.js'), 'utf8'),
            mode: 0o644,
          },
        ],
        endpoint: '/live-assist/token',
        tagSource: '/live-assist-bridge.umd.js',
        add: {
          where:
            'Program.cs: the first two lines at its top, the third before builder.Build(), the others after it',
          lines: [
            'using System.Security.Claims;',
            'using LiveAssist;',
            'builder.Services.AddLiveAssistTokens(builder.Configuration);',
            ...(servesFiles(directory) ? [] : ['app.UseStaticFiles();']),
            'app.MapLiveAssistToken(',
            '    "/live-assist/token",',
            '    visitor: (ClaimsPrincipal user) => user.FindFirst(claim =>',
            '        claim.Type == "dynamics_contact_id" && claim.Issuer == ClaimsIdentity.DefaultIssuer)?.Value,',
            '    contact: (id, services, cancel) => services.GetRequiredService<DynamicsContacts>().FindAsync(id, cancel));',
          ],
        },
        settings: {
          where: 'user secrets, which stay outside the project (today, the start command below passes them)',
          lines: [
            'dotnet user-secrets init',
            ...settings.map(([name, value]) => `dotnet user-secrets set ${name} ${quoted(value)}`),
          ],
        },
        start: `dotnet run -- ${settings.map(([name, value]) => quoted(`--${name}=${value}`)).join(' ')}`,
        replace: '`visitor` and `contact` in Program.cs',
        url: launchAddress(directory) ?? 'http://localhost:5000',
      };
    },
  };
}

function requireDotnet8(directory: string): void {
  for (const name of readdirSync(directory).filter((name) => name.endsWith('.csproj'))) {
    const version = /<TargetFramework>\s*net(?:coreapp)?(\d+)\.\d/.exec(read(directory, name))?.[1];
    if (version && Number(version) < 8)
      throw new UsageError(
        `${name} targets .NET ${version}, and LiveAssistTokens.cs needs .NET 8 or newer. Raise TargetFramework first.`,
      );
  }
}

const servesFiles = (directory: string) =>
  /UseStaticFiles|MapStaticAssets|UseFileServer/.test(
    `${read(directory, 'Program.cs')}${read(directory, 'Startup.cs')}`,
  );

/** Returns the first http address, because http needs no certificate. */
const launchAddress = (directory: string) =>
  /http:\/\/localhost:\d+/.exec(read(directory, 'Properties/launchSettings.json'))?.[0];

function read(directory: string, name: string): string {
  const path = join(directory, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
