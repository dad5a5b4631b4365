import path from 'node:path/posix';
import { Archive } from '../../platform/parsing/archive.js';
import { FileFault } from '../../platform/parsing/file-fault.js';
import { parsingLimits } from '../../platform/parsing/limits.js';
import { scanXml } from '../../platform/parsing/xml.js';
import { type Bilingual, type FieldProblem, Problem } from '../../platform/problems/problem.js';

/** The main part of a document (ISO/IEC 29500-1, 11.3.10). */
export const mainPart = 'word/document.xml';

/** Parts that a paper is made of: text, its looks, pictures, and what Word says of the document. Macros, ActiveX, OLE and chunks of other formats are none. */
const allowedParts = [
  /^\[Content_Types\]\.xml$/,
  /^(?:_rels|word\/_rels|customXml\/_rels|docProps\/_rels|word\/glossary\/_rels)\/[\w.-]*\.rels$/,
  /^docProps\/[\w.-]+\.(?:xml|jpe?g|png|emf|wmf)$/,
  /^word\/(?:glossary\/)?(?!vba)[\w-]+\.xml$/,
  /^word\/theme\/[\w./-]+\.(?:xml|rels|jpe?g|png)$/,
  /^word\/media\/[\w.-]+\.(?:jpe?g|png|gif|bmp|tiff?|emf|wmf|svg)$/i,
  /^word\/fonts\/[\w.-]+\.odttf$/,
  /^customXml\/[\w.-]+\.xml$/,
];

/** What parts may be to each other; the last name of the type, which is the same in both editions of the standard and in Word's own extensions. */
const allowedRelations = new Set([
  ...['officeDocument', 'core-properties', 'extended-properties', 'custom-properties', 'thumbnail', 'customXml', 'customXmlProps'],
  ...['styles', 'stylesWithEffects', 'settings', 'webSettings', 'fontTable', 'font', 'theme', 'numbering', 'header', 'footer', 'image'],
  ...[
    'footnotes',
    'endnotes',
    'comments',
    'commentsExtended',
    'commentsIds',
    'commentsExtensible',
    'people',
    'glossaryDocument',
    'hyperlink',
  ],
  ...['documenttasks', 'intelligence', 'intelligence2', 'keyMapCustomizations', 'recipientData', 'printerSettings'],
]);

/** Fields that a paper may have; others fetch what lies elsewhere or run something (DDE, INCLUDETEXT, LINK, MACROBUTTON …). */
const allowedFields = new Set([
  ...['PAGE', 'NUMPAGES', 'SECTION', 'SECTIONPAGES', 'DATE', 'TIME', 'CREATEDATE', 'SAVEDATE', 'PRINTDATE', 'HYPERLINK', 'REF', 'PAGEREF'],
  ...['TOC', 'TC', 'SEQ', 'STYLEREF', 'AUTHOR', 'TITLE', 'SUBJECT', 'FILENAME', 'DOCPROPERTY', 'SYMBOL', 'EQ', 'FORMTEXT', 'FORMCHECKBOX'],
]);

/** Where a hyperlink of a letterhead may lead. */
const linkTarget = /^(?:https?:|mailto:|#)/i;

/**
 * Unpacks a document of text (.docx).
 * @returns its parts by name, in their order
 * @throws FileFault where it is none, is broken or unpacks to more than a template has; Problem `template-refused` naming each part that a paper does not have
 */
export async function readParts(content: Uint8Array): Promise<Map<string, Buffer>> {
  const archive = await Archive.open({ content }, parsingLimits.template).catch((error: unknown) => {
    throw error instanceof FileFault && error.code === 'broken_archive' ? notWord() : error;
  });
  try {
    if (!archive.has(mainPart)) throw notWord();
    const parts = new Map<string, Buffer>();
    for (const name of archive.names) if (!name.endsWith('/')) parts.set(name, await archive.read(name));
    throwIfAny(await foreignMatter(parts));
    return parts;
  } finally {
    archive.close();
  }
}

/** Refuses a template with its faults. */
export function throwIfAny(errors: FieldProblem[]): void {
  if (errors.length === 0) return;
  throw new Problem(
    'template-refused',
    { vi: `Mẫu có ${errors.length} lỗi; xem "errors".`, en: `The template has ${errors.length} fault(s); see "errors".` },
    errors.slice(0, mostFaults),
  );
}

/** How many faults of a template one answer lists. */
export const mostFaults = 100;

/** An entry of {@link readParts} as the XML reader takes it. */
export async function* chunksOf(part: Buffer): AsyncGenerator<Buffer> {
  // In pieces, because the reader lets a single text grow no longer than one of them.
  for (let at = 0; at < part.length; at += 65_536) yield await Promise.resolve(part.subarray(at, at + 65_536));
}

async function foreignMatter(parts: Map<string, Buffer>): Promise<FieldProblem[]> {
  const faults = [...parts.keys()].filter((name) => !allowedParts.some((allowed) => allowed.test(name))).map(foreignPart);
  for (const [name, part] of parts) {
    if (name.endsWith('.rels')) faults.push(...(await foreignRelations(name, part)));
    else if (name === '[Content_Types].xml') faults.push(...(await foreignTypes(part)));
    else if (/^word\/[^/]+\.xml$/.test(name)) faults.push(...(await foreignContent(name, part)));
    if (faults.length >= mostFaults) break;
  }
  return faults;
}

async function foreignRelations(name: string, part: Buffer): Promise<FieldProblem[]> {
  const faults: FieldProblem[] = [];
  await scanXml(chunksOf(part), {
    open: (element, { Type = '', Target = '', TargetMode }) => {
      if (element !== 'Relationship') return;
      const type = path.basename(Type);
      const isExternal = TargetMode === 'External' || /^[a-z][\w+.-]*:|^\\\\|^\/\//i.test(Target);
      if (!isExternal && !allowedRelations.has(type)) faults.push(fault('foreign_part', name, notAllowed(type)));
      else if (isExternal && !(type === 'hyperlink' && linkTarget.test(Target)))
        faults.push(fault('external_reference', name, external(type)));
    },
  });
  return faults;
}

/** A document with macros says so in the type of its main part. */
async function foreignTypes(part: Buffer): Promise<FieldProblem[]> {
  const faults: FieldProblem[] = [];
  await scanXml(chunksOf(part), {
    open: (_element, { ContentType = '' }) => {
      if (/macroEnabled|vbaProject|activeX|oleObject/i.test(ContentType)) faults.push(fault('macro', '[Content_Types].xml', macro));
    },
  });
  return faults;
}

async function foreignContent(name: string, part: Buffer): Promise<FieldProblem[]> {
  const faults: FieldProblem[] = [];
  const look = (instruction: string): void => {
    const field = instruction.trim().split(/\s/, 1)[0]!.toUpperCase();
    if (field && !allowedFields.has(field)) faults.push(fault('foreign_field', name, foreignField(field.slice(0, 40))));
  };
  // Instructions of fields within fields; one of them can stand in several runs.
  const open: string[] = [];
  let inInstruction = false;
  await scanXml(chunksOf(part), {
    open: (element, attributes) => {
      if (['object', 'altChunk', 'control', 'OLEObject', 'subDoc', 'frameset'].includes(element))
        faults.push(fault('foreign_part', name, notAllowed(element)));
      if (element === 'instrText') inInstruction = true;
      if (element === 'fldSimple') look(attributes['w:instr'] ?? '');
      if (element !== 'fldChar') return;
      const type = attributes['w:fldCharType'];
      if (type === 'begin') open.push('');
      else if (type === 'end' || type === 'separate') {
        look(open.at(-1) ?? '');
        if (type === 'end') open.pop();
        else if (open.length > 0) open[open.length - 1] = '';
      }
    },
    text: (text) => {
      if (inInstruction && open.length > 0 && open.at(-1)!.length < 1_000) open[open.length - 1] += text;
    },
    close: (element) => {
      if (element === 'instrText') inInstruction = false;
    },
  });
  return faults;
}

function foreignPart(name: string): FieldProblem {
  return /vba|\.bin$/i.test(name) ? fault('macro', name, macro) : fault('foreign_part', name, notAllowed(path.basename(name)));
}

function fault(code: string, part: string, detail: Bilingual): FieldProblem {
  return {
    pointer: '/file',
    code,
    column: part.slice(0, 200),
    detail: { vi: `${detail.vi} (trong ${part.slice(0, 200)})`, en: `${detail.en} (in ${part.slice(0, 200)})` },
  };
}

const macro: Bilingual = {
  vi: 'Mẫu có macro hoặc mã nhị phân. Hãy lưu lại dưới dạng .docx không có macro.',
  en: 'The template has macros or binary code. Save it as .docx without macros.',
};

function notAllowed(what: string): Bilingual {
  return {
    vi: `Mẫu có thành phần không được nhận: ${what}. Mẫu chỉ gồm chữ, bảng, hình ảnh; bỏ đối tượng nhúng rồi lưu lại.`,
    en: `The template has a part that is refused: ${what}. It has text, tables and pictures alone; take embedded objects out and save it anew.`,
  };
}

function external(type: string): Bilingual {
  return {
    vi: `Mẫu trỏ tới nội dung ở nơi khác (${type}). Hãy chèn hình vào trong tệp và bỏ mẫu đính kèm (Document Template) rồi lưu lại.`,
    en: `The template refers to something elsewhere (${type}). Put pictures into the file, detach the document template and save it anew.`,
  };
}

function foreignField(field: string): Bilingual {
  return {
    vi: `Trường Word "${field}" không được nhận. Cho phép: ${[...allowedFields].join(', ')}.`,
    en: `The field "${field}" of Word is refused. Allowed: ${[...allowedFields].join(', ')}.`,
  };
}

export function notWord(): FileFault {
  return new FileFault('not_docx', { vi: 'Tệp phải là tài liệu Word (.docx).', en: 'The file must be a Word document (.docx).' });
}
