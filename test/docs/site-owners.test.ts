import { describe, expect, it, vi } from 'vitest';
import { example } from './pages.js';

/** Runs a script on a page of www.example.com, and then an expression. */
function onPage(script: string, expression: string, window = new EventTarget()) {
  const assign = vi.fn();
  const location = { origin: 'https://www.example.com', pathname: '/help', search: '?q=1', assign };
  const result: unknown = new Function('window', 'location', `${script}; return ${expression}`)(
    window,
    location,
  );
  return { assign, result };
}

describe('the documented example', () => {
  it('for guests sends nobody to the sign-in page but a guest who clicks', () => {
    const window = new EventTarget();
    const { assign } = onPage(example('guest-sign-in.js'), 'undefined', window);
    const answer = (detail: object) =>
      window.dispatchEvent(new CustomEvent('live-assist-bridge:answer', { detail }));
    answer({ outcome: 'refused', code: 'signed-out', asked: 'page' });
    answer({ outcome: 'refused', code: 'network', asked: 'chat' });
    answer({ outcome: 'token', asked: 'chat' });
    expect(assign).not.toHaveBeenCalled();
    answer({ outcome: 'refused', code: 'signed-out', asked: 'chat' });
    expect(assign).toHaveBeenCalledExactlyOnceWith('/sign-in?return=%2Fhelp%3Fq%3D1');
  });

  it.each([
    ['/help?q=1', '/help?q=1'],
    ['', '/'],
    ['https://evil.example/', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['\\\\evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/\t/evil.example', '/'],
    ['/help#chat', '/help'],
  ])('for the way back turns %j into %j', (given, path) => {
    const { result } = onPage(example('return-path.js'), `returnPath(${JSON.stringify(given)})`);
    expect(result).toBe(path);
  });
});
