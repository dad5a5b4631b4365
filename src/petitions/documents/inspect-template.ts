import inspectModule from 'docxtemplater/js/inspect-module.js';
import { scanXml } from '../../platform/parsing/xml.js';
import type { FieldProblem } from '../../platform/problems/problem.js';
import { openTemplate } from './fill-template.js';
import { type Placeholder, placeholders } from './placeholders.js';
import { chunksOf, mainPart, mostFaults, readParts, throwIfAny } from './template-parts.js';

/** The module is CommonJS whose export is the class; its types say that the class is its `default`. */
const InspectModule = inspectModule as unknown as typeof inspectModule.default;

/**
 * Looks at a template of a unit: every placeholder must be known, and every brace closed.
 * @returns the placeholders in it
 * @throws FileFault, Problem `template-refused` naming each fault with the paragraph it stands in
 */
export async function inspectTemplate(template: Uint8Array): Promise<string[]> {
  const parts = await readParts(template);
  const paragraphs = await paragraphsOf(parts.get(mainPart)!);
  throwIfAny(manyLooseBraces(paragraphs));
  const inspector = new InspectModule();
  try {
    openTemplate(parts, { modules: [inspector] });
  } catch (error) {
    throwIfAny(syntaxFaults(error, paragraphs));
  }
  const tags = inspector.getAllStructuredTags() as unknown as Tag[];
  throwIfAny(unknownTags(tags, paragraphs));
  return [...new Set(tags.map(({ value }) => value))];
}

/** A placeholder, and those within it where it is a list. */
interface Tag {
  value: string;
  subparsed?: Tag[];
}

/**
 * The text of each paragraph, in the order of their ends: one in a frame comes before the one around it.
 * @throws FileFault where the part is not well-formed
 */
export async function paragraphsOf(part: Buffer): Promise<string[]> {
  const paragraphs: string[] = [];
  const open: string[] = [];
  let inText = false;
  await scanXml(chunksOf(part), {
    open: (name) => {
      if (name === 'p') open.push('');
      if (name === 't') inText = true;
    },
    text: (text) => {
      if (inText && open.length > 0) open[open.length - 1] += text;
    },
    close: (name) => {
      if (name === 't') inText = false;
      if (name === 'p' && open.length > 0) paragraphs.push(open.pop()!);
    },
  });
  return paragraphs;
}

/** A document with a hundred loose braces is told so at once; of fewer, the library tells more. */
function manyLooseBraces(paragraphs: string[]): FieldProblem[] {
  const faults: FieldProblem[] = [];
  for (const [index, text] of paragraphs.entries()) {
    let isOpen = false;
    for (const [brace] of text.matchAll(/[{}]/g)) {
      if (isOpen === (brace === '{')) faults.push(looseBrace(brace, index + 1, text));
      isOpen = brace === '{';
      if (faults.length >= mostFaults) return faults;
    }
  }
  return [];
}

function looseBrace(brace: string, line: number, text: string): FieldProblem {
  const start = text.slice(0, 80);
  return {
    pointer: '/file',
    code: 'template_syntax',
    line,
    column: brace,
    detail: {
      vi: `Lỗi ngoặc nhọn "${brace}" (đoạn ${line}: "${start}"): mỗi ngoặc mở có một ngoặc đóng.`,
      en: `Fault at the brace "${brace}" (paragraph ${line}: "${start}"): each one that opens has one that closes.`,
    },
  };
}

function unknownTags(tags: readonly Tag[], paragraphs: string[]): FieldProblem[] {
  const unknown = new Map<string, readonly string[]>();
  for (const { value, subparsed = [] } of tags) {
    const list = known(value);
    if (!list) unknown.set(value, Object.keys(placeholders));
    else
      for (const column of columnsWithin(subparsed)) if (!list.of?.includes(column) && !known(column)) unknown.set(column, list.of ?? []);
  }
  return [...unknown]
    .slice(0, mostFaults)
    .map(([name, allowed]) => (name.startsWith('@') ? rawTag(name, paragraphs) : unknownTag(name, allowed, paragraphs)));
}

const byName = new Map<string, Placeholder>(Object.entries(placeholders));

function known(name: string): Placeholder | undefined {
  return byName.get(name);
}

/** Everything within a list, lists within it as well. */
function columnsWithin(tags: readonly Tag[]): string[] {
  return tags.flatMap(({ value, subparsed = [] }) => [value, ...columnsWithin(subparsed)]);
}

function rawTag(name: string, paragraphs: string[]): FieldProblem {
  const { line, text } = placeOf(name, paragraphs);
  return {
    pointer: '/file',
    code: 'raw_placeholder',
    line,
    column: name,
    detail: {
      vi: `Không dùng {${name}}: nội dung luôn được điền như văn bản (đoạn ${line}: "${text}"). Hãy bỏ dấu "@".`,
      en: `{${name}} is refused: what is filled in is always text (paragraph ${line}: "${text}"). Take the "@" away.`,
    },
  };
}

function unknownTag(name: string, allowed: readonly string[], paragraphs: string[]): FieldProblem {
  const { line, text } = placeOf(name, paragraphs);
  return {
    pointer: '/file',
    code: 'unknown_placeholder',
    line,
    column: name,
    detail: {
      vi: `Không có trường {${name}} (đoạn ${line}: "${text}"). Cho phép: ${allowed.join(', ')}.`,
      en: `There is no placeholder {${name}} (paragraph ${line}: "${text}"). Allowed: ${allowed.join(', ')}.`,
    },
  };
}

interface TemplateError {
  properties?: { explanation?: string; context?: string; xtag?: string; errors?: TemplateError[] };
}

function syntaxFaults(error: unknown, paragraphs: string[]): FieldProblem[] {
  const { properties } = error as TemplateError;
  const faults = properties?.errors ?? [error as TemplateError];
  return faults.slice(0, mostFaults).map(({ properties: fault = {} }) => {
    const tag = fault.xtag ?? fault.context ?? '';
    const { line, text } = placeOf(tag, paragraphs);
    return {
      pointer: '/file',
      code: 'template_syntax',
      line,
      ...(tag && { column: tag }),
      detail: {
        vi: `Lỗi trường "${tag}" (đoạn ${line}: "${text}"): ngoặc nhọn hoặc vòng lặp chưa đóng đúng.`,
        en: `Fault at "${tag}" (paragraph ${line}: "${text}"): ${fault.explanation ?? 'a brace or a loop is not closed'}.`,
      },
    };
  });
}

/** Number and text of the first paragraph with a placeholder. */
function placeOf(tag: string, paragraphs: string[]): { line: number; text: string } {
  const bare = tag.replace(/^[#/^]/, '').trim();
  const spellings = ['{', '{#', '{/', '{^'].map((start) => start + bare);
  const index = Math.max(
    0,
    bare
      ? paragraphs.findIndex((paragraph) => {
          const dense = paragraph.replaceAll(' ', '');
          return spellings.some((spelling) => dense.includes(spelling.replaceAll(' ', ''))) || paragraph.includes(tag);
        })
      : 0,
  );
  return { line: index + 1, text: (paragraphs[index] ?? '').slice(0, 80) };
}
