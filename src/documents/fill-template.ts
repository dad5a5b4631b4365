import Docxtemplater from 'docxtemplater';
import inspectModule from 'docxtemplater/js/inspect-module.js';
import PizZip from 'pizzip';
import { type FieldProblem, Problem } from '../problems/problem.js';
import { placeholders } from './placeholders.js';
import { own } from '../rules/own.js';

/** The module is CommonJS whose export is the class; its types say that the class is its `default`. */
const InspectModule = inspectModule as unknown as typeof inspectModule.default;

/** Values by placeholder: texts, and rows of lists. */
export type TemplateValues = Record<string, string | Record<string, string>[]>;

/** What stands where a value is missing, to be filled in by hand. */
const dottedLine = '………………';

/** Most that a template may unpack to; a document of text has far less. */
const mostUnpacked = 50_000_000;

/**
 * Fills a template (.docx with placeholders in braces).
 * @throws Problem `template-refused` when it is no such file
 */
export function fillTemplate(template: Buffer, values: TemplateValues): Buffer {
  const document = new Docxtemplater(unzip(template), { paragraphLoop: true, linebreaks: true, nullGetter: () => dottedLine });
  document.render(values);
  return document.toBuffer();
}

/**
 * Looks at a template of a unit: every placeholder must be known, and every brace closed.
 * @returns the placeholders in it
 * @throws Problem `template-refused` naming each fault with the paragraph it stands in
 */
export function inspectTemplate(template: Buffer): string[] {
  const zip = unzip(template);
  const paragraphs = paragraphsOf(zip);
  const inspector = new InspectModule();
  try {
    new Docxtemplater(zip, { paragraphLoop: true, linebreaks: true, modules: [inspector] });
  } catch (error) {
    throw refused(syntaxFaults(error, paragraphs));
  }
  const unknown = unknownTags(inspector.getAllTags() as Tags, paragraphs);
  if (unknown.length > 0) throw refused(unknown);
  return Object.keys(inspector.getAllTags());
}

interface Tags {
  [name: string]: Tags;
}

function unknownTags(tags: Tags, paragraphs: string[]): FieldProblem[] {
  return Object.entries(tags).flatMap(([name, inner]) => {
    const known = own(placeholders, name);
    if (!known) return [unknownTag(name, Object.keys(placeholders), paragraphs)];
    const allowed = known.of ?? [];
    return Object.keys(inner)
      .filter((column) => !allowed.includes(column) && !own(placeholders, column))
      .map((column) => unknownTag(column, allowed, paragraphs));
  });
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
  return faults.map(({ properties: fault = {} }) => {
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
  const index = Math.max(
    0,
    paragraphs.findIndex((paragraph) =>
      bare ? new RegExp(`\\{[#/^]?\\s*${escapeRegExp(bare)}`).test(paragraph) || paragraph.includes(tag) : false,
    ),
  );
  return { line: index + 1, text: (paragraphs[index] ?? '').slice(0, 80) };
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function paragraphsOf(zip: PizZip): string[] {
  const xml = zip.file('word/document.xml')?.asText() ?? '';
  return [...xml.matchAll(/<w:p[ >].*?<\/w:p>/gs)].map(([paragraph]) =>
    [...paragraph.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text).join(''),
  );
}

function unzip(template: Buffer): PizZip {
  try {
    const zip = new PizZip(template);
    if (zip.file('word/document.xml') && unpackedSize(zip) <= mostUnpacked) return zip;
  } catch {
    // Answered like any other file that is no such document.
  }
  throw refused([
    {
      pointer: '/file',
      code: 'not_docx',
      detail: { vi: 'Tệp phải là tài liệu Word (.docx).', en: 'The file must be a Word document (.docx).' },
    },
  ]);
}

/** As the archive's own directory says, before anything is unpacked. */
function unpackedSize(zip: PizZip): number {
  return Object.values(zip.files).reduce((total, entry) => {
    const { uncompressedSize = 0 } = (entry as { _data?: { uncompressedSize?: number } })._data ?? {};
    return total + uncompressedSize;
  }, 0);
}

function refused(errors: FieldProblem[]): Problem {
  return new Problem(
    'template-refused',
    { vi: `Mẫu có ${errors.length} lỗi; xem "errors".`, en: `The template has ${errors.length} fault(s); see "errors".` },
    errors,
  );
}
