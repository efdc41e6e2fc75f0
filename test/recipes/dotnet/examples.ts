/**
 * Turns the C# blocks of the documentation into a file that compiles: each block becomes a method of `Examples`.
 *
 * @module
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const pages = [
  'README.md',
  'demo/recipes/dotnet/README.md',
  ...(existsSync(`${root}docs`) ? readdirSync(`${root}docs`).map((page) => `docs/${page}`) : []),
  // The excerpt on testing needs Playwright for .NET. The page says that it is not run.
].filter((page) => page.endsWith('.md') && page !== 'docs/testing.md');

export interface Example {
  /** From the marker `<!-- example: dotnet-name -->` above the block, otherwise the page and the block's number. */
  name: string;
  code: string;
}

/** Every C# block of every page. */
export function examples(): Example[] {
  return pages.flatMap((page) => {
    const blocks = readFileSync(root + page, 'utf8').matchAll(
      /(?:<!-- example: dotnet-([\w-]+) -->\n)?```(?:csharp|cs|c#)\n([\s\S]*?)\n```/gi,
    );
    return [...blocks].map(([, marker, code = ''], n) => ({
      name: marker ?? `${page.replace(/\W/g, '-')}-${n}`,
      code,
    }));
  });
}

/** What Visual Studio's quick fix adds. */
const usings = [
  ...[
    'System.Net.Http.Headers',
    'System.Net.Http.Json',
    'System.Security.Claims',
    'System.Security.Cryptography',
  ],
  ...[
    'System.Text.Json',
    'LiveAssist',
    'Microsoft.AspNetCore.Authentication.Cookies',
    'Microsoft.AspNetCore.Builder',
  ],
  ...['Microsoft.AspNetCore.Http', 'Microsoft.AspNetCore.Identity', 'Microsoft.AspNetCore.Mvc'],
  ...[
    'Microsoft.AspNetCore.WebUtilities',
    'Microsoft.Extensions.DependencyInjection',
    'Microsoft.Extensions.Hosting',
  ],
];

const using = (names: string[]) => names.map((name) => `using ${name};\n`).join('');

/** A block that is a whole file. */
export const asFile = ({ code }: Example, more: string[]): string =>
  `${using([...usings, ...more])}\n${code}\n`;

/** Each block as a method, whose parameters and result are what the block leaves open. */
export function asMethods(chosen: Example[], more: string[] = []): string {
  const methods = chosen.map(({ name, code }) => {
    const makesApp = /\bvar app = /.test(code);
    const parameters = [
      ...(/\bbuilder\./.test(code) ? ['WebApplicationBuilder builder'] : []),
      ...(!makesApp && /\bapp\./.test(code) ? ['WebApplication app'] : []),
    ];
    const pascal = name.replace(/(^|-)(\w)/g, (_all, _dash, letter: string) => letter.toUpperCase());
    return `    public static ${makesApp ? 'WebApplication' : 'void'} ${pascal}(${parameters.join(', ')})
    {
${code}
${makesApp ? 'return app;\n' : ''}    }`;
  });
  return `${using([...usings, ...more])}
public static class Examples
{
${methods.join('\n\n')}
}
`;
}

/** The lines for Program.cs in the head of the file to copy. */
export function headOfRecipe(): Example {
  const recipe = readFileSync(`${root}demo/recipes/dotnet/LiveAssistTokens.cs`, 'utf8');
  const lines = [...recipe.matchAll(/^\/\/ {8}(\S.*| {4,}\S.*)$/gm)].map(([, line]) => line);
  return { name: 'head', code: lines.join('\n').replace('app.Map', 'var app = builder.Build();\napp.Map') };
}
