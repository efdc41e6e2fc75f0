import { createMinter, diagnose } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import { contact, issuer, pasted, privatePem } from '../diagnosis/diagnose-site.js';
import { findTool, required } from './tool.js';

const tool = findTool(
  'python3-jwt',
  ['/usr/bin/python3', 'python3'],
  ['-c', 'import jwt, cryptography; jwt.encode'],
);
/** Reads its input as JSON into `given`. */
const python = (script: string, given: object) =>
  required(tool)
    .run(
      ['-c', `import base64, json, jwt, sys, time\ngiven = json.load(sys.stdin)\n${script}`],
      JSON.stringify(given),
    )
    .trim();

describe.skipIf(!tool)('python3-jwt', () => {
  it('verifies a token minted here with the pasted value', async () => {
    const mint = await createMinter({ privateKey: privatePem, issuer });
    const token = await mint({ id: contact, givenName: 'Zoë', familyName: '李' });
    const script = `
from cryptography.hazmat.primitives.serialization import load_der_public_key
key = load_der_public_key(base64.b64decode(given["key"], validate=True))
print(json.dumps(jwt.decode(given["token"], key, algorithms=["RS256"], issuer=given["iss"])))`;
    expect(JSON.parse(python(script, { token, key: pasted, iss: issuer }))).toMatchObject({
      sub: contact,
      given_name: 'Zoë',
      family_name: '李',
    });
  });

  it('makes tokens in which diagnose finds nothing wrong', async () => {
    const script = `
now = int(time.time())
claims = dict(sub=given["sub"], given_name="Zoë", family_name="李", iss=given["iss"], iat=now, exp=now + 7200)
print(jwt.encode(claims, given["key"], algorithm="RS256"))`;
    const token = python(script, { sub: contact, iss: issuer, key: privatePem });
    const findings = await diagnose(token, { publicKey: pasted, issuer });
    expect(findings.every(({ level }) => level === 'note')).toBe(true);
    expect(findings.map(({ code }) => code)).toContain('signature-fits');
  });
});
