import { Problem } from '../problems/problem.js';
import { type TabularFormat, tabularFormats } from './row.js';

/**
 * The format that somebody says, or else the name of the file.
 * @throws Problem where neither does
 */
export function formatAsked(format: TabularFormat | null | undefined, filename: string): TabularFormat {
  const asked = format ?? formatOf(filename);
  if (asked) return asked;
  throw Problem.field('validation-failed', '/format', 'required', {
    // eslint-disable-next-line words/vietnamese -- these very words are sent
    vi: `Nêu định dạng: ${tabularFormats.join(', ')}.`,
    en: `Say the format: ${tabularFormats.join(', ')}.`,
  });
}

/** The format that a file name says. */
function formatOf(filename: string): TabularFormat | null {
  const ending = /\.([a-z]+)$/i.exec(filename)?.[1]?.toLowerCase();
  if (ending === 'jsonl') return 'ndjson';
  return tabularFormats.find((format) => format === ending) ?? null;
}
