/**
 * Plays the messaging tag on a page: provides `lpTag` and asks who the visitor is.
 *
 * It is our own code, written from documented behaviour, without any of the vendor's code.
 *
 * @module
 */

/** What the page's identity function returns. */
export interface PageIdentity {
  iss: string;
  sub: string;
}

export interface LpTag {
  section?: unknown;
  identities?: unknown;
  newPage?: (url: string, options?: { section?: unknown }) => void;
  /** Defined by the script that the tag loads. */
  askIdentities?: (list: unknown) => Promise<[identity: PageIdentity | null, functions: number]>;
}

export interface MessagingTagOptions {
  /** `old` drops the functions that the page has put into `lpTag.identities`; `new` keeps them. */
  version: 'old' | 'new';
  /** Address of the script that asks. */
  monitor: string;
  /** Called for this page and after every `newPage`. `functions` says how many functions the page has given. */
  onIdentity(identity: PageIdentity | null, functions: number): void;
}

interface Policies {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
}

/** Replaces `lpTag`, as the vendor's snippet does, and asks once its script has loaded. */
export function startMessagingTag({ version, monitor, onIdentity }: MessagingTagOptions): void {
  const page = window as { lpTag?: LpTag; trustedTypes?: Policies };
  let round = 0;

  const ask = async () => {
    const mine = ++round;
    const { lpTag } = page;
    const answer = await lpTag?.askIdentities?.(lpTag.identities);
    if (answer && mine === round) onIdentity(...answer);
  };

  const before = page.lpTag ?? {};
  page.lpTag = {
    section: before.section ?? '',
    ...(version === 'new' && { identities: before.identities ?? [] }),
    newPage(_url, options) {
      if (page.lpTag && options?.section !== undefined) page.lpTag.section = options.section;
      void ask();
    },
  };

  const script = document.createElement('script');
  // One turn later, so that other listeners of the script's load event run first.
  script.addEventListener('load', () => setTimeout(ask));
  // The site's policy may require Trusted Types.
  const policy = page.trustedTypes?.createPolicy('live-assist', { createScriptURL: (url) => url });
  script.src = policy ? policy.createScriptURL(monitor) : monitor;
  document.head.append(script);
}
