/**
 * Wycheproof's rows "ModifiedPadding": mutations of the DigestInfo in a PKCS #1 v1.5 signature, each with the beginning of
 * the signature in Wycheproof's file. PKCS #1 v1.5 is deterministic, so an equal beginning proves that the row is the same.
 *
 * Source: https://github.com/C2SP/wycheproof, testvectors_v1/json_web_signature_test.json, group "rs256", rows 46 to 258
 * (commit 073df56bfc1f2719eecad1e32391b8a80b43338a). Licence: Apache-2.0.
 *
 * @module
 */
import { element } from './keys.js';

export interface PaddingRow {
  tcId: number;
  mutation: string;
  /** The first eight characters of the signature in Wycheproof's file. */
  begins: string;
  /** What stands in the place of the DigestInfo. */
  digestInfo: Buffer;
}

type Piece = Buffer | string;
const bytes = (...pieces: Piece[]) =>
  Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'hex') : piece)));
const of = (tag: number, ...pieces: Piece[]) => element(tag, bytes(...pieces));

/** The mutations that Wycheproof applies to an element, in its order. `undefined`: it left the mutation out. */
function mutations(tag: number, content: Buffer): [mutation: string, mutated: Buffer | undefined][] {
  const isSequence = tag === 0x30;
  const isEmpty = content.length === 0;
  const [name, constructed] = [Buffer.of(tag), tag | 0x20];
  const whole = of(tag, content);
  const length = (size: number) => (code: string) => bytes(name, code, hex(content.length, size), content);
  const renamed = (other: number) => bytes(Buffer.of(other), whole.subarray(1));
  const inSequence = (...pieces: Piece[]) => (isSequence ? of(tag, ...pieces) : undefined);
  const indefinite = (end: string) => (isSequence ? bytes(name, '80', content, end) : undefined);
  const unlessEmpty = (mutated: () => Buffer) => (isEmpty ? undefined : mutated());
  const unlessString = (mutated: Buffer) => (tag === 4 ? undefined : mutated);
  const unlessNull = (mutated: Buffer) => (tag === 5 ? undefined : mutated);
  return [
    ['lengthUsesLongFormEncoding', isEmpty ? bytes(name, '80') : length(1)('81')],
    ['lengthContainsALeading0', isEmpty ? bytes(name, '8100') : length(2)('82')],
    ['lengthOneTooLong', bytes(name, hex(content.length + 1, 1), content)],
    ['lengthOneTooShort', unlessEmpty(() => bytes(name, hex(content.length - 1, 1), content))],
    ['uint32OverflowInLength', bytes(name, '8501', hex(content.length, 4), content)],
    ['uint64OverflowInLength', bytes(name, '8901', hex(content.length, 8), content)],
    ['lengthIs2to31sub1', bytes(name, '847fffffff', content)],
    ['lengthIs2to31', bytes(name, '8480000000', content)],
    ['lengthIs2to32sub1', bytes(name, '84ffffffff', content)],
    ['lengthIs2to40sub1', bytes(name, '85ffffffffff', content)],
    ['lengthIs2to64sub1', bytes(name, '88ffffffffffffffff', content)],
    ['incorrectLength', bytes(name, 'ff', content)],
    ['indefiniteLengthTagWithoutTermination', unlessEmpty(() => bytes(name, '80', content))],
    ['removing', unlessEmpty(() => unlessString(Buffer.alloc(0)) as Buffer)],
    ['lonelyTag', unlessEmpty(() => name)],
    ["appending0's", of(tag, content, '0000')],
    ["prepending0's", unlessEmpty(() => of(tag, '0000', content))],
    ["appendingUnused0's", unlessEmpty(() => unlessString(bytes(whole, '0000')) as Buffer)],
    ['appendingNullValue', of(tag, content, '0500')],
    ['prependingGarbage', of(constructed, '498177', whole)],
    ['prependingGarbage', of(constructed, '2500', whole)],
    ['appendingGarbage', bytes(of(constructed, whole), '0004deadbeef')],
    ['includingUndefinedTags', of(constructed, 'aa00bb00cd00', whole)],
    ['truncatedLength', bytes(name, '81')],
    ['includingUndefinedTagsInside', of(constructed, 'aa02aabb', whole)],
    ['compositionWithIndefiniteLength', bytes(Buffer.of(constructed), '80', whole, '0000')],
    [
      'compositionWithWrongTag',
      bytes(Buffer.of(constructed), '80', isEmpty ? '0400' : renamed(tag + 1), '0000'),
    ],
    ['replacingWithNULL', unlessNull(bytes('0500'))],
    ['changingTagValue', renamed(tag - 2)],
    ['changingTagValue', renamed(tag - 1)],
    ['changingTagValue', renamed(tag + 1)],
    ['changingTagValue', renamed(tag + 2)],
    ['changingTagValue', renamed(0xff)],
    ['droppingValue', unlessEmpty(() => bytes(name, '00'))],
    [
      'usingComposition',
      unlessEmpty(() => of(constructed, of(tag, content.subarray(0, 1)), of(tag, content.subarray(1)))),
    ],
    ...(isSequence ? [] : modifiedBytes(tag, content)),
    ['truncated', unlessEmpty(() => of(tag, content.subarray(0, -1)))],
    ['truncated', unlessEmpty(() => of(tag, content.subarray(1)))],
    ['indefiniteLength', indefinite('0000')],
    ['indefiniteLengthWithTruncatedDelimiter', indefinite('00')],
    ['indefiniteLengthWithAdditionalElement', indefinite('05000000')],
    ['indefiniteLengthWithTruncatedElement', indefinite('060811220000')],
    ['indefiniteLengthWithGarbage', indefinite('0000fe02beef')],
    ['indefiniteLengthWithNonemptyEOC', indefinite('0002beef')],
    ['prependEmptySequence', inSequence('3000', content)],
    ['appendEmptySequence', inSequence(content, '3000')],
    ['appendZero', inSequence(content, '020100')],
    ['appendGarbageWithHighTagNumber', inSequence(content, 'bf7f00')],
    ['appendNullWithExplicitTag', inSequence(content, 'a0020500')],
    ['appendNullWithImplicitTag', inSequence(content, 'a000')],
    ['sequenceOfSequence', inSequence(whole)],
  ];
}

function modifiedBytes(tag: number, content: Buffer): [mutation: string, mutated: Buffer][] {
  if (content.length === 0) return [];
  const changed = (index: number, bits: number) => {
    const copy = Buffer.from(content);
    copy[index] = (copy[index] ?? 0) ^ bits;
    return of(tag, copy);
  };
  return [
    ['modifyingFirstByte', changed(0, 0x02)],
    ['modifyingLastByte', changed(content.length - 1, 0x80)],
  ];
}

const hex = (value: number, size: number) => value.toString(16).padStart(size * 2, '0');
const oidContent = '608648016503040201';

/** Returns all 213 rows for the digest of a signed text. */
export function paddingRows(digest: Buffer): PaddingRow[] {
  const [oid, nothing, octets] = [of(6, oidContent), of(5), of(4, digest)];
  const algorithm = of(0x30, oid, nothing);
  const withAlgorithm = (mutated: Buffer) => of(0x30, mutated, octets);
  const otherOids = [
    ['wrongOid', '2b0e03021a'],
    ['longerOid', `${oidContent}01`],
    ['oidWithModifiedNode', '608648016503040211'],
    ['oidWithModifiedNode', '60864801650304028880808001'],
    ['largeIntegerInOid', '608648016503040282808080808080808001'],
    ['oidWithInvalidNode', `${oidContent}e0`],
    ['oidWithInvalidNode', '60808648016503040201'],
  ] as const;
  return [
    ...rows('Sequence', 46, begins.digestInfo, (mutated) => mutated, [
      ...mutations(0x30, bytes(algorithm, octets)),
      ['removedLastElement', of(0x30, algorithm)],
      ['repeatingElement', of(0x30, algorithm, octets, octets)],
    ]),
    ...rows('Sequence', 98, begins.algorithm, withAlgorithm, mutations(0x30, bytes(oid, nothing))),
    ...rows('Oid', 148, begins.oid, (mutated) => withAlgorithm(of(0x30, mutated, nothing)), [
      ...mutations(6, bytes(oidContent)),
      ...otherOids.map(([mutation, content]): [string, Buffer] => [mutation, of(6, content)]),
    ]),
    ...rows('Null', 194, begins.nothing, (mutated) => withAlgorithm(of(0x30, oid, mutated)), [
      ...mutations(5, Buffer.alloc(0)),
      ['composedNull', bytes('2580aa00bb000000')],
      ['incorrectNull', bytes('1f0500')],
    ]),
    ...rows(
      'OctetString',
      222,
      begins.octets,
      (mutated) => of(0x30, algorithm, mutated),
      mutations(4, digest),
    ),
  ];
}

function rows(
  element: string,
  first: number,
  list: string,
  within: (mutated: Buffer) => Buffer,
  all: [mutation: string, mutated: Buffer | undefined][],
): PaddingRow[] {
  const beginnings = list.split(/\s+/);
  return all
    .flatMap(([mutation, mutated]) => (mutated ? [{ mutation: `${mutation} (${element})`, mutated }] : []))
    .map(({ mutation, mutated }, index) => ({
      tcId: first + index,
      mutation,
      begins: beginnings[index] ?? '',
      digestInfo: within(mutated),
    }));
}

const begins = {
  digestInfo: `KudI1-Bo X8GIjUht Gp0CRlwc PLykI28j Vf-IHTRV IZyyvG27 S3SMyrK2 ena4iWoK I511TWE9 DhTvg_wh CfR3xT4Y I0slX9oi
    FwCD09Gu F7S3oL6r JNsl1Hzs CFfhT4N8 b_xZHj8A NznBrBiN DXI8YCdi gGiMG7eF AlZ1MfkJ g0Goh_8s ieakg3sL bbOndRBD VfO4W4T2
    HwU4hR65 ABuVo6g0 OZnyOtHc U0SE1vuY TlnLHUBi F5h9vAP4 C4X01yEN K4k8fbnh d0ahqj8S GsKF9nGM hTvev0vH bvWn2RZH epddWSGy
    Hbx-8Yl3 iH6mwgCw OKvSfh25 DXS5YgeB SrSQxfUX HlNe_E-8 ZkGQlEmo WkcQ4HRZ kP2H_BWj SCja7biL FaiKfimH CmOAWcyi BOmsa-xl
    gBEDOs5V`,
  algorithm: `Pm86BHxt O-_m5id0 iP92YY7H Zq5t1xuA gD3kvGv4 RYTngmZK bWQp7_7U IRo_pblZ chs1g9gX VIhyGycD XhNl1XuD D_A1Sc4P
    Q6GaorTm KiRBU1Q2 CDrWzjOi elAqd_9- ReLeeuNP JhTwXilC az1QgAqR b27Gsyaa gGaHQ4UL QKuKuQ7b U87p5V8T duOW3sen ULITNKok
    Enm5sp9s SSc1a88U NVUtU758 LPW8ZMcF Avf91trJ Q6BzeMd8 P8OlyR5Z f4XuqxHq DuGv9Wqm Akurc9pe Uc544fbV W5wQpT8e BN-VHS-G
    FGmXBzWp VzqskeKK hctJZ99C YWkCqLKs J-BXd6Yd NGhtqDH6 MwC94U_B ahzFESnX jJo9xBlh MD1AtJ2a Y12oeGlv Ml5tzqvW`,
  oid: `GPGY6gby euVQVGDt QUNdENk2 iekkAcsJ bX_aApW1 WlT44xNg DeCGN-nQ OHvU6LQv cvUnO2pU MJJk3ioj Bu1zZTVk f7cGh2ei
    GELbv6x2 evFoR9st X6YC1k60 OBd3GyyQ C0-7h8Qz LytnOLJu SDoqeaBG OX7KWRQ6 EWzCnevt G-jQyLRt OkEqOQ5R EE0j69Ko VN-kXns0
    Bri8Piz5 R1sY12NH hOpdA0hx PQ8TW5Ka EZi7D4Zb T8LCqwn2 hZKKZSTF N3TI9dQD N9N5Y6eH fdql8bz- GkdEBazy d4AREH3E RJGt19nO
    apUiRfol JhGhmWvv iMVHQ7dv a5-vmhDk e3yxBp8p LAmawAxx DXSrVJiu gKt_vTLx`,
  nothing: `NDy5dgag aa24MOvn SUAy1uV8 F9PG5Pad kEAFQatJ PU6nWuUI Q1Zxozyn VcSjrUQb dKKvEhk3 ETxU8ub9 Ebrxwm9a J1i-plGk
    gn2zBmgx CeLePpWA i2kHMe45 LgUFEHH_ OrCife3w PL4rG8zF cl-b7uOp jUThjH7r M9iWPL2_ Dfq-wpo0 ZFkeBUWI KLo2OM2N jTLJuZ-S
    jQ8KA4pb forXmE6P hwU3_CXs`,
  octets: `NwaMrLER LmFlSB2o UOBTSkRW Mksnj9qN jHQVbGj2 YrOuT3dZ kPYXfslu FNn3SCW4 SYOtg3hH f8xsroCP BsSQYmcY JdA8_TOg
    C14khw5j e5tyNLz9 j-pns-4b WlTEDyfO XT9oRGUq jzUvPFU_ ANnDqEiH e8CZULg4 YlUWgWfb FlO6ANES Ui0yPMXl KUawCDYU BC-rMd7Q
    jSPXutCu WkWlEg2S T1Wx5cVo UQIBCznQ NrhJ9I9d DnoPBDj2 EGbe3QFV EkR6SZ3C BEWJf_MJ J55pf3wt hmDbjsL1 NxjK9oqj`,
};
