import { execFileSync } from 'node:child_process';
import { diagnose } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import { findCommand } from '../support/find-command.js';
import { token } from './diagnose-site.js';

const php = findCommand(['php'], ['--version'], { skipped: 'PHP warnings before JSON', needs: 'php-cli' });
const json = () => JSON.stringify({ token: token() });

function answer(body: string, status = 200, headers: Record<string, string> = {}): Response {
  const fine = {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    Date: new Date().toUTCString(),
  };
  return new Response(body, { status, headers: { ...fine, ...headers } });
}

const first = async (subject: string | Response) => (await diagnose(subject))[0];
const codes = async (subject: string | Response) => (await diagnose(subject)).map(({ code }) => code);

describe('diagnose, given what real endpoints answer', () => {
  it.each<[name: string, code: string, answer: () => Response]>([
    ['a guest of GraphQL', 'signed-out', () => answer('{"data":{"token":null},"token":null}')],
    [
      'an error of GraphQL about signing in',
      'signed-out',
      () => answer('{"token":null,"errors":[{"message":"x","extensions":{"code":"UNAUTHENTICATED"}}]}'),
    ],
    [
      'another error of GraphQL',
      'errors-in-json',
      () => answer('{"token":null,"errors":[{"message":"boom"}]}'),
    ],
    [
      'a guest of OWIN and Dynamics portals',
      'signed-out',
      () => answer('', 200, { 'X-Responded-JSON': '{"status":401,"headers":{"location":"/SignIn"}}' }),
    ],
    [
      'a token with 0 appended',
      'signature-length',
      () => answer(`${token()}0`, 200, { 'Content-Type': 'text/plain' }),
    ],
    ['JSON with 0 appended', 'text-after-json', () => answer(`${json()}0`)],
    ['JSON inside JSON', 'json-in-json', () => answer(JSON.stringify(json()))],
    ['JSONP', 'jsonp', () => answer(`callback(${json()});`)],
    ['a prefix against script inclusion', 'xssi-prefix', () => answer(`)]}',\n${json()}`)],
    ['a list', 'list-answer', () => answer(`[${json()}]`)],
    [
      'XML of ASP.NET',
      'xml-answer',
      () =>
        answer(
          `<TokenResult xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><token>${token()}</token></TokenResult>`,
        ),
    ],
    ['an unregistered action of WordPress', 'action-not-registered', () => answer('0', 400)],
    ['a failed nonce of WordPress', 'csrf-refused', () => answer('-1', 403)],
    ['a REST nonce of WordPress', 'csrf-refused', () => answer('{"code":"rest_cookie_invalid_nonce"}', 403)],
    ['an expired page of Laravel', 'csrf-refused', () => answer('{"message":"CSRF token mismatch."}', 419)],
    [
      'a forged request of Rails',
      'csrf-refused',
      () => answer('ActionController::InvalidAuthenticityToken', 422),
    ],
    [
      'a route that the API Gateway does not have',
      'gateway-route-missing',
      () => answer('{"message":"Missing Authentication Token"}', 403),
    ],
    [
      'a password challenge',
      'password-prompt',
      () => answer('', 401, { 'WWW-Authenticate': 'Basic realm="x"' }),
    ],
    ['Windows authentication', 'password-prompt', () => answer('', 401, { 'WWW-Authenticate': 'Negotiate' })],
    ['a hit of nginx', 'cached-answer', () => answer(json(), 200, { 'X-Cache-Status': 'HIT' })],
  ])('names %s first', async (_, code, make) => {
    expect((await first(make()))?.code).toBe(code);
  });

  it('does not treat an unknown scheme as a password prompt', async () => {
    expect(await codes(answer('', 401, { 'WWW-Authenticate': 'Bearer' }))).not.toContain('password-prompt');
  });

  it('marks a cache header that it does not know as a guess', async () => {
    const findings = await diagnose(answer(json(), 200, { 'X-Drupal-Dynamic-Cache': 'HIT' }));
    const found = findings.find(({ code }) => code === 'perhaps-cached');
    expect(found).toMatchObject({ level: 'note' });
    expect(found?.message).toContain('A guess');
  });

  it('calls the cause of a bare 403 a guess, and says where to find the reason', async () => {
    const finding = await first(answer('<h1>Forbidden</h1>', 403));
    expect(finding?.code).toBe('forbidden');
    expect(finding?.message).toMatch(/A guess: .*log/);
  });

  it('names two byte order marks and the no-break space, and finds nothing else', async () => {
    for (const before of ['\ufeff\ufeff', '\u00a0']) {
      const findings = await diagnose(answer(before + json()));
      expect(findings.filter(({ level }) => level !== 'note')).toEqual([]);
      expect(findings.map(({ code }) => code)).toContain('byte-order-mark');
    }
  });

  it.runIf(php)('names the warning that a real PHP prints before the JSON', async () => {
    const script = `ini_set("display_errors", "1"); ini_set("html_errors", "1"); $a = []; echo $a["x"]; echo '${json()}';`;
    const printed = execFileSync(php ?? '', ['-d', 'error_log=/dev/null', '-r', script], {
      encoding: 'utf8',
    });
    const finding = await first(answer(printed, 200, { 'Content-Type': 'text/html' }));
    expect(finding?.code).toBe('text-before-json');
    expect(finding?.message).toContain('PHP printed a message ("Warning")');
  });

  it('says the same about a body that was pasted', async () => {
    expect((await first(`${json()}0`))?.code).toBe('text-after-json');
    expect((await first(`callback(${json()})`))?.code).toBe('jsonp');
    expect((await first(`${token()}0`))?.code).toBe('signature-length');
  });
});
