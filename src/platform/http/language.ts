import type { IncomingHttpHeaders } from 'node:http';
import type { Bilingual } from '../problems/problem.js';

export type Language = keyof Bilingual;

/** Vietnamese unless the caller ranks English before it (RFC 9110 section 12.5.4). */
export function languageOf({ 'accept-language': header = '' }: IncomingHttpHeaders): Language {
  const ranked = header
    .split(',')
    .map((part) => {
      const [tag = '', quality] = part
        .trim()
        .toLowerCase()
        .split(/;\s*q=/);
      return { tag, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality);
  return ranked.find(({ tag }) => /^(vi|en)\b/.test(tag))?.tag.startsWith('en') ? 'en' : 'vi';
}
