/**
 * The two frames: receives the visitor of the site's page, and sends messages to that page.
 *
 * @module
 */
import type { StageMessage } from '../../site/page/on-stage.js';

export function createFrames(onVisitor: (visitor: string | null, engagement: string | undefined) => void) {
  const { site } = document.documentElement.dataset;
  const frame = (id: string) => document.getElementById(id) as HTMLIFrameElement;
  const [visitorFrame, agentFrame] = [frame('visitor'), frame('agent')];
  let known = '';

  addEventListener('message', ({ origin, source, data }: MessageEvent) => {
    if (origin !== site || source !== visitorFrame.contentWindow) return;
    const { visitor, engagement } = data as { visitor: string | null; engagement: string | undefined };
    const key = `${visitor} ${engagement}`;
    if (key === known) return;
    known = key;
    onVisitor(visitor, engagement);
  });

  return {
    send(message: StageMessage) {
      visitorFrame.contentWindow?.postMessage(message, site ?? '');
    },
    // Setting the address reloads the page, even if it came from another origin.
    reloadAgent: () => agentFrame.setAttribute('src', agentFrame.getAttribute('src') ?? ''),
  };
}
