/**
 * Connects the actors. Each has its own address and knows the others only by their addresses.
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createDataverseContacts, generateKeys, publicKeyValue } from 'live-assist-bridge/server';
import { createJourney, createLiveAssist, isOpenToAll, openConfiguration } from '#live-assist';
import { type Address, takeAddress } from './address.js';
import { createCrm } from './crm/app.js';
import { openContacts } from './crm/database.js';
import { explainFileError, isDemoPath, openDataFolder } from './data-folder.js';
import { createFaults } from './faults.js';
import { createGate } from './gate.js';
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
  /** An address that has already been taken for the stage, in place of `port`. */
  stageAddress?: Address;
}

export interface Demo {
  /** Stops all actors. */
  url: string;
  site: string;
  desk: string;
  configuration: string;
  crm: string;
  close(): Promise<void>;
}

const issuer = 'www.larkfield.example';
const methodName = 'authoriseChatWithCallback';

/** @throws Error in a sentence that names what is in the way, and the remedy. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { port, dataDir, dynamics } = options;
  const stageAddress = options.stageAddress ?? (await takeAddress('localhost', port));
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
    closing.push(await openDataFolder(dataDir, stageAddress.origin));
    const { mint, mintExpired, publicKey } = await openKeyFiles(dataDir, issuer);
    const right = { publicKey, issuer, methodName };
    const configuration = openConfiguration(join(dataDir, 'live-assist.json'), right);
    const otherPublicKey = await publicKeyValue((await generateKeys()).publicKey);
    const faults = createFaults({ configuration, right, otherPublicKey });
    const journey = createJourney();

    const siteAddress = await takeNext('localhost');
    // A host other than the site's, because to the browser a vendor's pages are another site and get none of its
    // cookies. With real records, the stage's frame of the desk needs the cookie with the key.
    const liveAssistAddress = await takeNext(dynamics ? 'localhost' : '127.0.0.1');
    const stage = stageAddress.origin;
    const gate = createGate(dynamics !== undefined, stage);
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

    siteAddress.answerWith(
      createSite({
        origin: site,
        liveAssist,
        contacts: createDataverseContacts({ url, accessToken: () => accessToken }),
        mint: (contact) => (faults.current() === 'expired-token' ? mintExpired(contact) : mint(contact)),
        isDown: () => faults.current() === 'endpoint-down',
        journey,
        stage,
      }),
    );
    liveAssistAddress.answerWith(
      gate.close(
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
        liveAssist,
        isOpenToAll,
      ),
    );
    stageAddress.answerWith(
      gate.close(
        createStage({
          origin: stage,
          site,
          liveAssist,
          crm: framedCrm,
          journey,
          faults,
          configuration: configuration.now,
        }),
        stage,
        (path) => path === isDemoPath,
      ),
    );
    return {
      url: gate.address(`${stage}${dynamics ? '/' : ''}`),
      site,
      desk: gate.address(`${liveAssist}/desk`),
      configuration: gate.address(`${liveAssist}/configuration`),
      crm: crm.url,
      close,
    };
  } catch (error) {
    await close();
    throw explainFileError(error);
  }
}
