/**
 * Examines a page with the chat: its HTML, and the files that its tag names.
 *
 * @module
 */
import { Script } from 'node:vm';
import { isSignInAddress } from '../../diagnosis/answer/redirect.js';
import type { Examination } from '../../diagnosis/examine.js';
import { byLevel, type Finding, finding } from '../../diagnosis/findings/finding.js';
import { inspectPage } from '../../diagnosis/page/page.js';
import { methodNameOfTag, readPage } from '../../diagnosis/page/page-parts.js';
import type { LoadedFile } from '../../diagnosis/page/tag-file.js';
import { quote } from '../../diagnosis/quote.js';
import { ownVersion } from '../own-version.js';
import { createPageLoader, limits, type NotLoaded } from './load-page.js';

export interface PageRequest {
  url: URL;
  /** Sent only to the page's own origin. */
  headers: Headers;
  /** The variable that names a proxy, which fetch does not use. */
  proxy: string | undefined;
  /** The account at Live Assist that is compared, to say whether the page uses it. */
  account?: string | undefined;
}

/** Returns the findings and the name of the method that the page's tag installs. */
export async function examinePage({
  url,
  headers,
  proxy,
  account,
}: PageRequest): Promise<Examination & { methodName?: string | undefined }> {
  const loader = createPageLoader(url, headers, proxy);
  const loaded = await loader.page();
  const problem = 'problem' in loaded ? notLoaded(loaded) : unsuitable(loaded, url);
  if (problem || 'problem' in loaded) return { findings: problem ? [problem] : [] };
  const page = readPage(decode(loaded), loaded.url, loaded.headers);
  const findings: Finding[] = [];
  const inspection = inspectPage(page, {
    headers: loaded.headers,
    asVisitor: headers.has('cookie') || headers.has('authorization'),
    version: ownVersion(),
    account,
    isScript,
    async load(address) {
      const file = await loader.file(address);
      if (!file) return { reason: `more than ${limits.files} files are not loaded`, isLimit: true };
      return 'problem' in file ? { reason: file.reason, isLimit: file.problem === 'too-long' } : file;
    },
  });
  for await (const found of inspection) findings.push(found);
  const [tag] = page.tags;
  return { findings: findings.sort(byLevel), methodName: tag && methodNameOfTag(tag) };
}

function notLoaded({ problem, reason }: NotLoaded): Finding {
  if (problem === 'timeout') return finding('page-silent', limits.milliseconds / 1000);
  if (problem === 'too-long') return finding('page-too-long', `${limits.bytes / 1e6} MB`);
  return problem === 'redirects' ? finding('page-redirects') : finding('page-unreachable', reason);
}

/** Returns the finding for an answer that is not the expected page. */
function unsuitable({ url, status, headers, bytes }: LoadedFile, asked: URL): Finding | undefined {
  if (isSignInAddress(url) && !isSignInAddress(asked))
    return finding('page-is-sign-in', quote(`${url.origin}${url.pathname}`));
  if (status < 200 || status > 299) return finding('page-status', status);
  const type = headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (/^(text\/html|application\/xhtml\+xml)$/.test(type)) return undefined;
  const start = new TextDecoder().decode(bytes.subarray(0, 1000)).trimStart();
  // Without a Content-Type, browsers look at the first bytes.
  if (!type && /^<(!doctype|html|head|body|!--)/i.test(start)) return undefined;
  return finding('page-not-html', `its Content-Type is ${type ? quote(type, 60) : 'missing'}`);
}

function decode({ headers, bytes }: LoadedFile): string {
  const charset = /charset\s*=\s*"?([\w-]{1,40})/i.exec(headers.get('content-type') ?? '')?.[1];
  try {
    return new TextDecoder(charset ?? 'utf-8').decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** Compiles the text without running it. */
function isScript(text: string): boolean {
  try {
    return new Script(text) instanceof Script;
  } catch {
    return false;
  }
}
