/**
 * The handler for .NET Framework 4.8: compiled against its reference assemblies, and run in Mono's ASP.NET.
 *
 * @module
 */
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findCommand } from '../support/find-command.js';
import { buildDotnet, dotnet } from './dotnet/build-dotnet.js';
import { isATokenEndpoint } from './is-a-token-endpoint.js';

const mono =
  dotnet &&
  findCommand(['mono'], ['--version'], {
    skipped: 'the handler for .NET Framework 4.8',
    needs: 'mono with System.Web, System.Web.Extensions and System.Net.Http',
  });

isATokenEndpoint({
  name: '.NET Framework',
  file: 'dotnet-framework/LiveAssistTokenHandler.cs',
  body: {
    delivered: '        return null;\n    }\n\n    public override bool IsReusable',
    // As FormsAuthentication with slidingExpiration does before any handler.
    replaced:
      '        context.Response.Cookies.Add(new HttpCookie("session", "renewed"));\n        return Uri.UnescapeDataString(context.Request.Headers["X-Visitor"] ?? "");\n    }\n\n    public override bool IsReusable',
  },
  program: mono,
  // Mono's HttpWebRequest treats 103 as the answer itself.
  without: ['103 before 200'],
  async prepare(folder) {
    const project = join(folder, 'dotnet-framework');
    const own = fileURLToPath(new URL('dotnet-framework/', import.meta.url));
    for (const file of ['Framework.csproj', 'Host.cs']) cpSync(join(own, file), join(project, file));
    mkdirSync(join(folder, 'site'));
    cpSync(join(own, 'web.config'), join(folder, 'site', 'web.config'));
    await buildDotnet(project, join(folder, 'site', 'bin'));
  },
  start: (folder) => [join(folder, 'site', 'bin', 'Site.exe'), join(folder, 'site')],
});
