/**
 * Tokens per second of `createMinter`, beside the bare signature and other ways to make the same token.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { createPrivateKey, sign, webcrypto } from 'node:crypto';
import { createRequire } from 'node:module';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { importPKCS8, SignJWT } from 'jose';
import { createMinter, generateKeys } from 'live-assist-bridge/server';
import { interleave, median, pairedRatio, quantile } from './rounds.js';
import { type Row, row } from './row.js';

/** Many short rounds, so that other work of the machine affects all contenders equally. */
const rounds = 151;
const roundMilliseconds = 40;

interface Round {
  rate: number;
  /** Milliseconds for one token. */
  p50: number;
  /** The delay of the event loop in milliseconds, 99th percentile. */
  delay: number;
}

const measures = {
  rate: { name: 'tokens', unit: 'per second' },
  p50: { name: 'a token, p50', unit: 'ms' },
  delay: { name: "event loop's delay, p99", unit: 'ms' },
} satisfies Record<keyof Round, object>;

const goals = [
  { callers: 1, against: 'crypto.subtle.sign', atLeast: 0.95 },
  { callers: 32, against: 'jsonwebtoken', atLeast: 1.2 },
];

export async function minting(): Promise<Row[]> {
  const { createMinter: ours, ...rivals } = await makers();
  const rows: Row[] = [];
  for (const callers of [1, 32]) {
    const limit = `openssl speed, processes: ${Math.min(callers, 2)}`;
    const { ours: own, ...others } = {
      ...(await interleave<string, Round>(rounds, {
        ours: () => run(ours, callers),
        ...Object.fromEntries(Object.entries(rivals).map(([name, make]) => [name, () => run(make, callers)])),
      })),
      ...(await interleave(3, { [limit]: () => opensslSpeed(Math.min(callers, 2)) })),
    };
    for (const [against, samples] of Object.entries(others))
      for (const [measure, { name, unit }] of Object.entries(measures)) {
        const [a, b] = [own ?? [], samples].map((all) => all.map((round) => round[measure as keyof Round]));
        if (!a || !b || Number.isNaN(b[0])) continue;
        const goal = goals.find((one) => one.callers === callers && one.against === against);
        rows.push(
          row({
            measure: `${name}, callers: ${callers}`,
            unit,
            ours: median(a),
            against,
            theirs: median(b),
            ...(against !== limit && { ratio: pairedRatio(a, b) }),
            goal: goal && measure === 'rate' ? { ratio: { atLeast: goal.atLeast } } : undefined,
          }),
        );
      }
  }
  return rows;
}

/** Ways to make a token, each at its best. Keys are parsed ahead, unless the row says otherwise. */
async function makers() {
  const { privateKey: pem } = await generateKeys();
  const lifetime = 7200;
  const issuer = 'www.example.com';
  const contact = {
    id: '7b3f2a90-5c1d-4e8f-9a6b-0c2d4e6f8a1b',
    givenName: 'Zoë',
    familyName: 'García',
  };
  const mint = await createMinter({ privateKey: pem, issuer });
  const keyObject = createPrivateKey(pem);
  const cryptoKey = await webcrypto.subtle.importKey(
    'pkcs8',
    keyObject.export({ format: 'der', type: 'pkcs8' }),
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const token = await mint(contact);
  const input = new TextEncoder().encode(token.slice(0, token.lastIndexOf('.')));
  const signAsync = promisify(sign) as (
    hash: string,
    input: Uint8Array,
    key: typeof keyObject,
  ) => Promise<Buffer>;
  const jsonwebtoken = createRequire(import.meta.url)('jsonwebtoken') as {
    sign(payload: object, key: typeof keyObject, options: object): string;
  };
  const claims = { given_name: contact.givenName, family_name: contact.familyName };
  return {
    createMinter: () => mint(contact),
    'crypto.subtle.sign': () => webcrypto.subtle.sign('RSASSA-PKCS1-v1_5', cryptoKey, input),
    'crypto.sign': () => signAsync('sha256', input, keyObject),
    jsonwebtoken: () =>
      jsonwebtoken.sign(claims, keyObject, {
        algorithm: 'RS256',
        subject: contact.id,
        issuer,
        expiresIn: lifetime,
      }),
    'the key parsed for every token': async () =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
        .setSubject(contact.id)
        .setIssuer(issuer)
        .setIssuedAt()
        .setExpirationTime(`${lifetime} s`)
        .sign(await importPKCS8(pem, 'RS256')),
  };
}

/** Callers that each ask again when they are answered, each time in a new turn of the event loop, like requests. */
async function run(make: () => unknown, callers: number): Promise<Round> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const times: number[] = [];
  const start = performance.now();
  delay.enable();
  const caller = async () => {
    while (performance.now() - start < roundMilliseconds) {
      const asked = performance.now();
      await setImmediate();
      await make();
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - start) / 1000;
  delay.disable();
  return { rate: times.length / seconds, p50: quantile(times, 0.5), delay: delay.percentile(99) / 1e6 };
}

/** RSA signatures per second that the machine can make, without an event loop. */
async function opensslSpeed(processes: number): Promise<Round> {
  const parallel = processes > 1 ? ['-multi', String(processes)] : [];
  const { stdout } = await promisify(execFile)('openssl', [
    'speed',
    '-seconds',
    '1',
    '-mr',
    ...parallel,
    'rsa2048',
  ]);
  const rate = Number(/^\+F2:\d+:2048:([\d.]+)/m.exec(stdout)?.[1]);
  return { rate, p50: (1000 * processes) / rate, delay: Number.NaN };
}
