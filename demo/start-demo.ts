/** Wires the actors: each has an address of its own and knows the others by theirs only. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createDataverseContacts } from 'live-assist-bridge/server';
import { createJourney, createLiveAssist, openConfiguration } from '#live-assist';
import { type Address, takeAddress } from './address.js';
import { createCrm } from './crm/app.js';
import { openContacts } from './crm/database.js';
import { liveAssistFiles } from './page-files.js';
import { createSite } from './site/app.js';
import { openKeyFiles } from './site/key-files.js';
import { createStage } from './stage/app.js';

export interface DemoOptions {
  /** The stage's port; the others take the next three, or whatever is free. 0 takes any. */
  port: number;
  /** Where keys, configuration and contacts are kept. */
  dataDir: string;
  /** A real Dynamics organisation in place of the demo's CRM. */
  dynamics?: { url: string; accessToken: string } | undefined;
}

export interface Demo {
  /** Everything at once. */
  url: string;
  site: string;
  desk: string;
  configuration: string;
  crm: string;
  close(): Promise<void>;
}

const issuer = 'www.larkfield.example';

/** @throws Error in a sentence that says what is in the way. */
export async function startDemo({ port, dataDir, dynamics }: DemoOptions): Promise<Demo> {
  const stageAddress = await takeAddress('localhost', port);
  const taken: Address[] = [stageAddress];
  const closing: (() => unknown)[] = [];
  const close = async () => {
    await Promise.all(taken.map((address) => address.close()));
    for (const shut of closing.splice(0)) shut();
  };
  const takeNext = async (host: 'localhost' | '127.0.0.1') => {
    const wanted = port === 0 ? 0 : Math.min(port + taken.length, 65_535);
    const address = await takeAddress(host, wanted).catch(() => takeAddress(host, 0));
    taken.push(address);
    return address;
  };

  try {
    mkdirSync(dataDir, { recursive: true });
    const configurationFile = join(dataDir, 'live-assist.json');
    const isFirstStart = !['private_key.pem', 'public_key.pem', 'live-assist.json'].some((name) =>
      existsSync(join(dataDir, name)),
    );
    const { mint, publicKey } = await openKeyFiles(dataDir, issuer, isFirstStart);
    const methodName = 'authoriseChatWithCallback';
    const configuration = openConfiguration(configurationFile, { publicKey, issuer, methodName });
    const journey = createJourney();

    const siteAddress = await takeNext('localhost');
    // Another host than the site's: to the browser a vendor's pages are another site, and get none of its cookies.
    const liveAssistAddress = await takeNext('127.0.0.1');
    const stage = stageAddress.origin;
    const site = siteAddress.origin;
    const liveAssist = liveAssistAddress.origin;

    let crm = dynamics;
    if (!crm) {
      const crmAddress = await takeNext('127.0.0.1');
      const contacts = openContacts(join(dataDir, 'crm.db'));
      closing.push(contacts.close);
      crm = { url: crmAddress.origin, accessToken: randomBytes(24).toString('base64url') };
      const shownBy = [liveAssist, stage];
      crmAddress.answerWith(createCrm({ origin: crm.url, contacts, accessToken: crm.accessToken, shownBy }));
    }
    const framedCrm = dynamics ? undefined : crm.url;
    const { url, accessToken } = crm;
    const contacts = createDataverseContacts({ url, accessToken: () => accessToken });

    siteAddress.answerWith(
      createSite({ origin: site, liveAssist, contacts, mint, journey, shownBy: [stage] }),
    );
    liveAssistAddress.answerWith(
      createLiveAssist({
        origin: liveAssist,
        site,
        crm,
        framedCrm,
        configuration,
        journey,
        shownBy: [stage],
        files: liveAssistFiles,
      }),
    );
    stageAddress.answerWith(
      createStage({ origin: stage, site, liveAssist, crm: framedCrm ? [framedCrm] : [], journey }),
    );
    return {
      url: stage,
      site,
      desk: `${liveAssist}/desk`,
      configuration: `${liveAssist}/configuration`,
      crm: crm.url,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
