/**
 * The recipe in C#, on Kestrel.
 *
 * @module
 */
import { join } from 'node:path';
import { buildDotnet, dotnet } from './dotnet/build-dotnet.js';
import { isATokenEndpoint } from './is-a-token-endpoint.js';

isATokenEndpoint({
  name: 'C#',
  file: 'dotnet/Program.cs',
  path: '/live-assist/token',
  body: {
    delivered: '    visitor: (ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.Email),\n',
    replaced: '    visitor: (HttpContext context) => Uri.UnescapeDataString(context.Request.Headers["X-Visitor"].ToString()),\n',
  },
  program: dotnet,
  prepare: (folder) => buildDotnet(join(folder, 'dotnet'), join(folder, 'built')),
  start: (folder) => [join(folder, 'built', 'LiveAssistSite.dll')],
});
