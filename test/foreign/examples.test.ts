// @vitest-environment jsdom
import { createElement, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp, nextTick, ref } from 'vue';
import { answer, call, endpoint, failure, token } from '../bridge/site.js';

let warn = vi.spyOn(console, 'warn');

beforeEach(() => {
  warn = vi.spyOn(console, 'warn').mockReturnValue();
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
});
afterEach(() => {
  expect(warn).not.toHaveBeenCalled();
  vi.restoreAllMocks();
  delete window.authoriseChatWithCallback;
});

/** Clicks the component's button, and expects that other tabs are told. */
async function signsOutIn(container: HTMLElement, act: (click: () => Promise<void>) => PromiseLike<void>) {
  expect(await call()).toHaveLength(1);
  const stamp = localStorage.getItem('live-assist-bridge');
  await act(async () => container.querySelector('button')?.click());
  expect(localStorage.getItem('live-assist-bridge')).not.toBe(stamp);
}

describe('the documented example', () => {
  it('for React follows the visitor, under StrictMode and after a hot reload', async () => {
    endpoint(() => answer({ token: token() }));
    const { useLiveAssist } = await import('docs:react.tsx');
    const { act } = await import('react');
    let signedOut = () => {};
    const Chat = ({ visitor }: { visitor: string | null }) => {
      signedOut = useLiveAssist(visitor);
      return null;
    };
    const root = createRoot(document.createElement('div'));
    const render = (visitor: string | null, key: string) =>
      act(() => root.render(createElement(StrictMode, null, createElement(Chat, { visitor, key }))));
    render('ada', 'first');
    expect(await call()).toHaveLength(1);
    render('ada', 'reloaded');
    expect(await call()).toHaveLength(1);
    const stamp = localStorage.getItem('live-assist-bridge');
    render(null, 'reloaded');
    signedOut();
    expect(localStorage.getItem('live-assist-bridge'), 'the other tabs forget').not.toBe(stamp);
    expect(await call()).toEqual(failure);
    act(() => root.unmount());
    expect('authoriseChatWithCallback' in window).toBe(false);
  });

  it('for a React component forgets at the sign-out', async () => {
    endpoint(() => answer({ token: token() }));
    const { Account } = await import('docs:react-component.tsx');
    const { act } = await import('react');
    const container = document.createElement('div');
    const root = createRoot(container);
    act(() => root.render(createElement(Account as never, { visitor: 'ada', signOut: async () => {} })));
    await signsOutIn(container, (click) => act(click));
    act(() => root.unmount());
  });

  it('for a Vue component forgets at the sign-out', async () => {
    endpoint(() => answer({ token: token() }));
    const { default: component } = await import('docs:vue-component.vue');
    const container = document.createElement('div');
    const app = createApp(component, { visitor: 'ada', signOut: async () => {} });
    app.mount(container);
    await signsOutIn(container, async (click) => click());
    app.unmount();
  });

  it('for Vue follows the visitor', async () => {
    endpoint(() => answer({ token: token() }));
    const { useLiveAssist } = await import('docs:vue.ts');
    const visitor = ref<string | null>('ada');
    const app = createApp({ setup: () => void useLiveAssist(visitor), render: () => null });
    app.mount(document.createElement('div'));
    expect(await call()).toHaveLength(1);
    visitor.value = null;
    await nextTick();
    expect(await call()).toEqual(failure);
    app.unmount();
    expect('authoriseChatWithCallback' in window).toBe(false);
  });
});
