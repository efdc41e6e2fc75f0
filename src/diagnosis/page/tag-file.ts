/**
 * Judges the file that the bridge's tag loads.
 *
 * @module
 */
import { conclude } from '../findings/conclude.js';
import { type Finding, finding } from '../findings/finding.js';
import { quote } from '../quote.js';
import type { HtmlElement } from './html-elements.js';
import { matchesIntegrity } from './integrity.js';
import { scriptType } from './tag.js';

/** A file of the page, as it was loaded. */
export interface LoadedFile {
  /** The file's final address. */
  url: URL;
  status: number;
  headers: Headers;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface FileContext {
  tag: HtmlElement;
  page: URL;
  /** Version of this package. */
  version: string;
  /** Whether the text can be compiled as a classic script. */
  isScript(text: string): boolean;
}

const BANNER = /\/\*! live-assist-bridge ([\w.+-]{1,40}) \|([^*]{0,200})\*\//;

/** Builds with known faults, recognised by their banner. */
const knownFaults: [pattern: RegExp, fault: string][] = [
  [
    /includes ky/,
    "a preview that can hand over a former visitor's token after the page was swapped or preloaded",
  ],
];

/** Yields findings about the file, in the order in which they would affect a browser. */
export async function* inspectTagFile(file: LoadedFile, context: FileContext): AsyncGenerator<Finding> {
  const { status, headers, bytes } = file;
  if (status < 200 || status > 299) return yield* conclude(finding('tag-file-missing', status));
  const text = new TextDecoder().decode(bytes);
  if (/^\s*<(!doctype|html|head|body|!--|\?xml)/i.test(text))
    return yield* conclude(finding('tag-file-html'));
  const type = headers.get('content-type')?.split(';', 1)[0]?.trim() ?? '';
  if (isBlocked(type, headers, isModule(context.tag)))
    yield finding('tag-file-type', quote(type || 'missing', 60));
  yield* inspectCors(file, context);
  const integrity = context.tag.attributes.get('integrity');
  const matches = integrity === undefined ? undefined : await matchesIntegrity(integrity, bytes);
  if (matches === false) yield finding('tag-integrity');
  if (integrity?.trim() && matches === undefined) yield finding('tag-integrity-malformed');
  const ours = BANNER.exec(text);
  const isPart = /(^|[\n;}])\s*(export\s*[{*d]|import\s*[{*"'])/.test(text) && !ours;
  if (isPart) return yield* conclude(finding('tag-file-module'));
  if (!context.isScript(text)) return yield* conclude(finding('tag-file-broken'));
  yield* inspectVersion(text, ours, { own: context.version, matches });
}

function* inspectVersion(
  text: string,
  banner: RegExpExecArray | null,
  { own, matches }: { own: string; matches: boolean | undefined },
): Generator<Finding> {
  // A minifier may have removed the banner, but the texts for the console remain.
  if (!banner && !text.includes('live-assist-bridge')) return yield* conclude(finding('tag-file-other'));
  const [, version = 'without its first line', rest = ''] = banner ?? [];
  const fault = knownFaults.find(([pattern]) => pattern.test(rest));
  if (fault) yield finding('tag-file-outdated', version, fault[1]);
  else if (banner && version !== own) yield finding('tag-file-version', version, own);
  else yield finding('tag-file-fine', version, matches ? ', and matches its integrity' : '');
  return undefined;
}

const isModule = ({ attributes }: HtmlElement) => attributes.get('type')?.trim().toLowerCase() === 'module';

/**
 * Implements the Fetch standard, "should response to request be blocked due to its MIME type", and the nosniff rule.
 */
function isBlocked(type: string, headers: Headers, module: boolean): boolean {
  if (scriptType.test(type)) return false;
  const isNosniff = /^\s*nosniff\b/i.test(headers.get('x-content-type-options') ?? '');
  return module || isNosniff || /^(image|audio|video)\/|^text\/csv$/i.test(type);
}

function* inspectCors({ url, headers }: LoadedFile, { tag, page }: FileContext): Generator<Finding> {
  if (url.origin === page.origin) return;
  const usesCors = tag.attributes.has('crossorigin') || isModule(tag);
  if (!usesCors) {
    if (tag.attributes.get('integrity')?.trim()) yield finding('tag-integrity-crossorigin');
    return;
  }
  const allowed = headers.get('access-control-allow-origin');
  if (allowed !== '*' && allowed !== page.origin) yield finding('tag-file-cors');
}
