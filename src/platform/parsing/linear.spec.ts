import { expect, it } from '@jest/globals';
import { paragraphsOf } from '../../petitions/documents/inspect-template.js';
import { parsingLimits } from './limits.js';
import { scanXml } from './xml.js';

/** Pieces that make a scanner look back, from each of which a text is made. */
const pieces = ['<w:p>', '<w:p><w:r>', '{', '}', '{#a}', '<!-- ', '<![CDATA[', '&amp;', '<a b="', ' ', ']]>', '<w:t>{</w:t>'];

async function milliseconds(piece: string, times: number): Promise<number> {
  const text = Buffer.from(`<?xml version="1.0"?><w:document xmlns:w="w">${piece.repeat(times)}`);
  const start = process.hrtime.bigint();
  await paragraphsOf(text).catch(() => undefined);
  return Number(process.hrtime.bigint() - start) / 1_000_000;
}

it.each(pieces)('a text of many times %p is read in a time that grows with it', async (piece) => {
  await milliseconds(piece, 1_000);
  // Twenty-five times as much takes twenty-five times as long, and not six hundred times; what is refused early takes less.
  const [little, much] = [await milliseconds(piece, 4_000), await milliseconds(piece, 100_000)];
  expect(much).toBeLessThan(250 * Math.max(1, little));
});

it('a text within an element comes in pieces of bounded length', async () => {
  let longest = 0;
  const chunks = (async function* () {
    yield Buffer.from('<a>');
    for (let index = 0; index < 100; index++) yield await Promise.resolve(Buffer.alloc(65_536, 'x'));
    yield Buffer.from('</a>');
  })();
  await scanXml(chunks, { text: (text) => (longest = Math.max(longest, text.length)) });
  expect(longest).toBeGreaterThan(0);
  expect(longest).toBeLessThan(300_000);
  expect(parsingLimits.template.inflatedBytes).toBeLessThan(parsingLimits.ledger.inflatedBytes);
});
