import type { Bilingual } from '../../platform/problems/problem.js';
import type { Count } from './form.js';
import { type Attribute, inVocabulary, type SourceName, sourceOf } from './vocabulary.js';
import { own } from '../../platform/text/own.js';

/** What a column counts, in words: the measure, of what, and under which conditions. */
export function explainCount({ of, measure, where }: Count): Bilingual {
  const source = sourceOf(of);
  const { label } = inVocabulary(source.measures, measure);
  const conditions = Object.entries(where).map(([name, value]) => explainValue(inVocabulary(source.attributes, name), value));
  const inWords = (language: keyof Bilingual) =>
    [`${label[language]} – ${source.label[language]}`, ...conditions.map((condition) => condition[language])].join('; ');
  return { vi: inWords('vi'), en: inWords('en') };
}

/** Why a thing is counted: for each condition of the column, what the thing has. */
export function reasonsFor({ of, where }: Pick<Count, 'of' | 'where'>, attributes: Record<string, string | boolean>): Bilingual[] {
  return Object.keys(where).map((name) => explainValue(inVocabulary(sourceOf(of).attributes, name), inVocabulary(attributes, name)));
}

/** The value of an attribute in words. */
export function labelOf(of: SourceName, name: string, value: string | boolean): Bilingual {
  return valueLabel(inVocabulary(sourceOf(of).attributes, name), value);
}

function explainValue(attribute: Attribute, value: string | boolean | string[]): Bilingual {
  const values = (Array.isArray(value) ? value : [value]).map((one) => valueLabel(attribute, one));
  return {
    vi: `${attribute.label.vi}: ${values.map(({ vi }) => vi).join(' hoặc ')}`,
    en: `${attribute.label.en}: ${values.map(({ en }) => en).join(' or ')}`,
  };
}

function valueLabel({ values }: Attribute, value: string | boolean): Bilingual {
  if (values === 'boolean') return value === true ? { vi: 'có', en: 'yes' } : { vi: 'không', en: 'no' };
  return own(values, String(value)) ?? { vi: String(value), en: String(value) };
}
