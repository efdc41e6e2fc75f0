/**
 * Follows the demo's server: says when the demo has ended, and goes on after a restart.
 *
 * @module
 */
import type { StageView } from '../app.js';

/** Remembers in this tab that the page was loaded again because of a restart. */
const mark = 'demo-restarted';
const texts = {
  ended: 'The demo has ended. Run npm run demo; this page goes on by itself.',
  key: 'The demo was started again, with a new key. Open the address that the terminal shows.',
  restarted: 'The demo was restarted. Sessions and chats were lost, so the story begins again.',
} as const;

export function createConnection(onView: (view: StageView) => void) {
  const banner = document.getElementById('ended') as HTMLElement;
  const needServer = [...document.querySelectorAll<HTMLElement>('.frame, #break')];
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('.story button')];
  let events: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let query = '';
  let run: string | undefined;
  let wasRestarted = sessionStorage.getItem(mark) !== null;
  sessionStorage.removeItem(mark);

  const say = (text: string) => {
    if (banner.textContent !== text) banner.textContent = text;
    banner.hidden = text === '';
  };
  const switchOff = (isOff: boolean) => {
    for (const part of needServer) part.inert = isOff;
    for (const button of buttons) button.disabled = isOff;
    document.body.toggleAttribute('data-ended', isOff);
  };

  const receive = (view: StageView) => {
    // Only a new page has the addresses of the new processes.
    if (run !== undefined && run !== view.run) {
      events?.close();
      sessionStorage.setItem(mark, '');
      location.reload();
      return;
    }
    run = view.run;
    if (view.reports.length > 0) wasRestarted = false;
    say(wasRestarted ? texts.restarted : '');
    switchOff(false);
    onView(view);
  };

  // Browsers differ in whether they connect again, and none does after a refusal. So this page asks by itself.
  const tryAgain = async () => {
    const { status } = await fetch('/journey', { method: 'HEAD' }).catch(() => ({ status: 0 }));
    if (status === 200) connect();
    else if (status === 403) say(texts.key);
    else retry = setTimeout(tryAgain, 1000);
  };

  const connect = () => {
    clearTimeout(retry);
    events?.close();
    const source = new EventSource(`/journey?${query}`);
    events = source;
    source.addEventListener('message', ({ data }) => receive(JSON.parse(data)));
    source.addEventListener('error', () => {
      source.close();
      if (source !== events) return;
      say(texts.ended);
      switchOff(true);
      retry = setTimeout(tryAgain, 1000);
    });
  };

  return {
    /** Follows this visitor and engagement from now on. */
    follow(visitor: string | null, engagement: string | undefined) {
      query = String(new URLSearchParams({ ...(visitor && { visitor }), ...(engagement && { engagement }) }));
      connect();
    },
  };
}
