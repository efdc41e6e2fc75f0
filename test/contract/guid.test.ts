import { describe, expect, it } from 'vitest';
import { parseGuid } from '../../src/contract/guid.js';

const guid = '5f1c9a52-7d3e-4b8a-9c41-0e2f6a7d1b01';

describe('a GUID', () => {
  it.each([guid, guid.toUpperCase(), `{${guid}}`, `{${guid.toUpperCase()}}`])('may be written %s', (text) => {
    expect(parseGuid(text)).toBe(guid);
  });

  it('may have a single digit other than zero', () => {
    expect(parseGuid('00000000-0000-0000-0000-00000000000a')).toBe('00000000-0000-0000-0000-00000000000a');
  });

  it.each([
    ['the GUID that Dynamics writes for no record', '00000000-0000-0000-0000-000000000000'],
    ['32 digits without dashes', guid.replaceAll('-', '')],
    ['a GUID after a space', ` ${guid}`],
    ['a GUID before a line break', `${guid}\n`],
    ['a GUID in braces before a line break', `{${guid}}\n`],
    ['a brace that is not closed', `{${guid}`],
    ['a brace that is not opened', `${guid}}`],
    ['two pairs of braces', `{{${guid}}}`],
    ['parentheses', `(${guid})`],
    ['a digit too many', `${guid}0`],
    ['a digit too many in front', `0${guid}`],
    ['a digit too few', guid.slice(0, -1)],
    ['a letter that is not a digit', guid.replace('f', 'g')],
    ['the path of a record', `/contacts(${guid})`],
    ['no text', ''],
    ['nothing', undefined],
    ['null', null],
    ['a number', 5],
    ['a list of one GUID', [guid]],
  ])('is not %s', (_, value) => {
    expect(parseGuid(value)).toBeUndefined();
  });
});
