import { describe, expect, it } from 'vitest';
import { dynamicsFailure } from '../../src/cli/probe/dynamics-failure.js';
import { DataverseError } from '../../src/server/dataverse/dataverse-error.js';
import { refusalCodes } from '../../src/server/dataverse/refusal-codes.js';

describe('a refusal by Dynamics at the command line', () => {
  it.each(Object.entries(refusalCodes))('is explained by its own code, %s', (code, known) => {
    const { message } = dynamicsFailure(new DataverseError('forbidden', 'x', 403, code));
    expect(message).toContain(`${known?.fact} (${code})`);
    expect(message).toContain(known?.remedy);
  });

  it('without a code is a guess, and names the access level', () => {
    const { message } = dynamicsFailure(new DataverseError('forbidden', 'x', 403));
    expect(message).toMatch(/A guess: .*Organization level/);
  });
});
