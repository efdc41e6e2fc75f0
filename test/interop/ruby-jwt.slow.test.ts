import { createMinter, diagnose } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import { contact, faults, issuer, pasted, privatePem } from '../diagnosis/diagnose-site.js';
import { findTool, required } from './tool.js';

const tool = findTool('ruby-jwt', ['ruby'], ['-e', 'require "jwt"']);
/** Reads its input as JSON into `given`. */
const ruby = (script: string, given: object) =>
  required(tool)
    .run(
      ['-rjwt', '-rjson', '-rdate', '-rbase64', '-e', `given = JSON.parse($stdin.read)\n${script}`],
      JSON.stringify(given),
    )
    .trim();

describe.skipIf(!tool)('ruby-jwt', () => {
  it('verifies a token minted here with the pasted value', async () => {
    const mint = await createMinter({ privateKey: privatePem, issuer });
    const token = await mint({ id: contact, givenName: 'Zoë', familyName: '李' });
    const script = `
      key = OpenSSL::PKey::RSA.new(Base64.strict_decode64(given["key"]))
      rules = { algorithm: "RS256", iss: given["iss"], verify_iss: true, verify_iat: true }
      claims, header = JWT.decode(given["token"], key, true, rules)
      puts JSON.generate(claims)`;
    expect(JSON.parse(ruby(script, { token, key: pasted, iss: issuer }))).toMatchObject({
      sub: contact,
      given_name: 'Zoë',
      family_name: '李',
    });
  });

  it('makes tokens in which diagnose finds nothing wrong', async () => {
    const script = `
      now = Time.now.to_i
      claims = { sub: given["sub"], given_name: "Zoë", family_name: "李", iss: given["iss"], iat: now, exp: now + 7200 }
      puts JWT.encode(claims, OpenSSL::PKey::RSA.new(given["key"]), "RS256")`;
    const token = ruby(script, { sub: contact, iss: issuer, key: privatePem });
    const findings = await diagnose(token, { publicKey: pasted, issuer });
    expect(findings.every(({ level }) => level === 'note')).toBe(true);
    expect(findings.map(({ code }) => code)).toContain('signature-fits');
  });

  it('running the specification’s recipe makes the token that lives seven seconds', async () => {
    // The specification's formulas, unchanged. What Ruby cannot parse around them ("sub" : and //) is written as Ruby.
    const script = `
      payload = {
        "sub": given["sub"], "given_name": "Ada", "family_name": "Lovelace", "iss": given["iss"],
        "iat": DateTime.now.strftime('%Q').to_i / 1000,
        "exp": (DateTime.now.strftime('%Q'). to_i + 7200) / 1000 }
      @my_payload = payload
      @private_key = OpenSSL::PKey::RSA.new(given["key"])
      @token = JWT.encode @my_payload, @private_key, 'RS256'
      puts @token`;
    const token = ruby(script, { sub: contact, iss: issuer, key: privatePem });
    expect(await faults(token, { publicKey: pasted, issuer })).toContain('seven-second-sample');
  });
});
