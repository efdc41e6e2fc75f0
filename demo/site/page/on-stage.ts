/**
 * In the stage's frame: tells the stage who the visitor is, and follows its requests. Messages from other pages are
 * ignored.
 *
 * @module
 */
import { fetchAhead, startAfresh, visitor } from './visitor.js';

/** What the stage sends. */
export type StageMessage =
  | { stage: 'next'; control: 'people' | 'chat' | undefined }
  /** A part of the demo was broken or repaired, so an earlier token no longer counts. */
  | { stage: 'renew' }
  | { stage: 'start-over' };

const { stage } = document.documentElement.dataset;
const isOnStage = stage !== undefined && parent !== self;
let invitation: string | undefined;

/** Call this whenever the visitor changes or signs out. */
export function tellStage(): void {
  const engagement = window.liveAssist?.engagement;
  if (isOnStage) parent.postMessage({ visitor: visitor(), engagement }, stage);
}

/** While the chat's window is open, scrolls the people to click above that window. */
function keepInReach(control: string | undefined): void {
  const isBeside = control === 'people' && window.liveAssist?.isOpen === true;
  if (isBeside === document.body.hasAttribute('data-beside-chat')) return;
  document.body.toggleAttribute('data-beside-chat', isBeside);
  const people = [...document.querySelectorAll('.people')].find((part) => part.checkVisibility?.() ?? true);
  if (isBeside) people?.scrollIntoView({ block: 'start' });
}

export function followStage(startOver: () => void): void {
  if (!isOnStage) return;
  addEventListener('live-assist:ready', () => {
    window.liveAssist?.invite(invitation);
    tellStage();
  });
  addEventListener('message', ({ origin, data }: MessageEvent<StageMessage>) => {
    if (origin !== stage) return;
    if (data.stage === 'next') {
      // The stage may have begun to listen only after the page had told it.
      tellStage();
      document.body.dataset.next = data.control ?? '';
      keepInReach(data.control);
      invitation = data.control === 'chat' ? 'Next: start the chat' : undefined;
      window.liveAssist?.invite(invitation);
    } else if (data.stage === 'renew') {
      startAfresh();
      tellStage();
      fetchAhead();
    } else startOver();
  });
  tellStage();
}
