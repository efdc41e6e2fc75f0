import { describe, expect, it } from 'vitest';
import { accountNumberOf } from '../../../src/diagnosis/account/account-number.js';
import { processorTime } from '../../support/processor-time.js';

describe('accountNumberOf', () => {
  it.each([
    [
      "the vendor's old snippet",
      "<script>var lpTag = lpTag || {}; lpTag.section = ''; lpTag.site = '75925745';</script>",
    ],
    [
      "the vendor's snippet",
      "<script>window.lpTag=window.lpTag||{},'undefined'==typeof window.lpTag._tagCount?(window.lpTag={wl:lpTag.wl||null,scp:lpTag.scp||null,site:'75925745'||'',section:lpTag.section||''}):0</script>",
    ],
    ['an object of its own', '<script>window.lpTag = { site: "75925745", section: [] }</script>'],
    ['a number without quotes', '<script>lpTag.site=75925745</script>'],
    [
      "the tag's address",
      '<script src="https://lptag.liveperson.net/tag/tag.js?site=75925745" async></script>',
    ],
    [
      'an address with &amp;',
      '<script src="https://service.eu1.liveassistfor365.com/x.js?v=1&amp;accountId=75925745"></script>',
    ],
    [
      'an address below the account',
      '<script src="https://lptag.liveperson.net/lptag/api/account/75925745/configuration/x.js"></script>',
    ],
    [
      'a script with a media type that looks like a comment',
      "<script>fetch('/a', { headers: { accept: '*/*' } }); lpTag.site = '75925745'; /* lpTag.site = '11111111' */</script>",
    ],
    [
      'several places that agree',
      "<script>lpTag.site='75925745'</script><script src=//lptag.liveperson.net/tag/tag.js?site=75925745></script>",
    ],
  ])('reads the number from %s', (_, html) => {
    expect(accountNumberOf(`<!doctype html><body>${html}<p>0800 1234567</p>`)).toBe('75925745');
  });

  it.each([
    ['nothing', ''],
    ['a number elsewhere', '<p>Call 75925745</p><script src="/app.js?site=75925745"></script>'],
    ['a comment', "<!-- <script>lpTag.site = '75925745'</script> -->"],
    ['a comment that never ends', "<!-- <script>lpTag.site = '75925745'</script>"],
    ['a comment of a script', "<script>/* lpTag.site = '75925745' */\n// lpTag.site = '75925745'\n</script>"],
    [
      'a number that is too short or too long',
      "<script>lpTag.site='123'; lpTag.site='1234567890123'</script>",
    ],
    ['two numbers', "<script>lpTag.site='75925745'</script><script>lpTag.site='11111111'</script>"],
    ['a number that is computed', '<script>lpTag.site = settings.site</script>'],
  ])('finds no number in a page with %s', (_, html) => {
    expect(accountNumberOf(html)).toBeUndefined();
  });

  it('finds the number beside one in a comment', () => {
    const html = `<script src="//lptag.liveperson.net/tag/tag.js?site=75925745"></script>
      <script>// lpTag.site = '11111111'\nlpTag.site = '75925745'; // staging: lpTag.site = '22222222'</script>`;
    expect(accountNumberOf(html)).toBe('75925745');
  });

  it('stays fast on 2 MB that look like the beginning of a snippet', async () => {
    const read = (count: number) =>
      processorTime(() => {
        for (const text of ['lpTag = { ', '<!-- ', '<script ', '"site": "1 '])
          accountNumberOf(text.repeat(count));
      });
    const [small, large] = [await read(20_000), await read(200_000)];
    // Ten times the text takes about ten times as long. Quadratic time would take a hundred times as long.
    expect(large).toBeLessThan(Math.max(50, small) * 40);
  });
});
