import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMinter, publicKeyValue } from 'live-assist-bridge/server';
import { afterAll, describe, expect, it } from 'vitest';
import { buildDotnet, dotnet } from '../recipes/dotnet/build-dotnet.js';
import { line, xml } from './artifacts.js';

const folder = mkdtempSync(join(tmpdir(), 'live-assist-bridge-remedy-'));
afterAll(() => rmSync(folder, { recursive: true }));

const message = async (attempt: Promise<unknown>) => String(await attempt.catch((error) => error.message));
const call = (text: string) => /rsa\.\w+\(\)/.exec(text)?.[0];

describe.skipIf(!dotnet)('the call that a remedy names for a key in the XML of .NET', () => {
  it('makes the right files', async () => {
    const ofPrivate = call(await message(createMinter({ privateKey: xml.private, issuer: 'a.example' })));
    const ofPublic = call(await message(publicKeyValue(xml.public)));
    writeFileSync(
      join(folder, 'Remedy.csproj'),
      `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net8.0</TargetFramework>
      <RollForward>Major</RollForward><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>`,
    );
    writeFileSync(
      join(folder, 'Program.cs'),
      `using System.Security.Cryptography;
      using var rsa = RSA.Create();
      rsa.FromXmlString(File.ReadAllText("key.xml"));
      File.WriteAllText("private_key.pem", ${ofPrivate});
      File.WriteAllText("public_key.pem", ${ofPublic});`,
    );
    writeFileSync(join(folder, 'key.xml'), xml.private);
    await buildDotnet(folder, join(folder, 'built'));
    execFileSync(dotnet ?? '', [join(folder, 'built', 'Remedy.dll')], { cwd: folder });
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    expect(await publicKeyValue(read('public_key.pem'))).toBe(line);
    const minter = createMinter({ privateKey: read('private_key.pem'), issuer: 'a.example' });
    await expect(minter).resolves.toBeTypeOf('function');
  });
});
