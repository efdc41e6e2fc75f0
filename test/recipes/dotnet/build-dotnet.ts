/**
 * Compiles a C# project.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findCommand } from '../../support/find-command.js';

/** The SDK's program. Without one, its tests are skipped. */
export const dotnet = findCommand(['dotnet'], ['--list-sdks'], {
  skipped: 'the recipe in C#',
  needs: 'the .NET SDK, version 8 or newer',
});

/**
 * @param project a project file, or a folder that holds one
 * @throws Error with the compiler's messages. Warnings are errors in all projects of ours.
 */
export async function buildDotnet(project: string, output: string): Promise<void> {
  // No build server may stay running, because it would keep the output open and the test would never end.
  const options = ['--output', output, '--disable-build-servers', '--nologo', '--verbosity', 'quiet'];
  await promisify(execFile)(dotnet ?? '', ['build', project, ...options]).catch(({ stdout, stderr }) => {
    throw new Error(`${stdout}${stderr}`);
  });
}
