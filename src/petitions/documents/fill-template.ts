import Docxtemplater from 'docxtemplater';
import fileTypeConfig from 'docxtemplater/js/file-type-config.js';
import rawXmlModule from 'docxtemplater/js/modules/rawxml.js';
import PizZip from 'pizzip';
import { readParts } from './template-parts.js';

/** Values by placeholder: texts, and rows of lists. */
export type TemplateValues = Record<string, string | Record<string, string>[]>;

type Options = Docxtemplater.DXT.ConstructorOptions;

/** What stands where a value is missing, to be filled in by hand. */
const dottedLine = '………………';

/**
 * Fills a template (.docx with placeholders in braces).
 * @throws FileFault, Problem `template-refused` when it is no such file
 */
export async function fillTemplate(template: Uint8Array, values: TemplateValues): Promise<Uint8Array> {
  const document = openTemplate(await readParts(template), { nullGetter: () => dottedLine });
  document.render(values);
  return document.toBuffer();
}

/** A document of parts that were looked at, with its placeholders. @throws what docxtemplater says of braces and loops that are not closed */
export function openTemplate(parts: Map<string, Buffer>, options: Options = {}): Docxtemplater {
  const zip = new PizZip();
  for (const [name, part] of parts) zip.file(name, part);
  return new Docxtemplater(zip, {
    paragraphLoop: true,
    linebreaks: true,
    // A value is a text of somebody: it is never taken in as markup, and `{=[[ ]]=}` changes nothing.
    fileTypeConfig: withoutRawXml(),
    syntax: { changeDelimiterPrefix: null },
    // What a paper says is nothing for the log.
    errorLogging: false,
    parser: (tag) => ({ get: (scope: Record<string, unknown>) => valueOf(scope, tag) }),
    ...options,
  });
}

/** What the row or the paper itself has under that very name, and nothing that every object has. */
function valueOf(scope: unknown, tag: string): unknown {
  if (tag === '.') return scope;
  return scope !== null && typeof scope === 'object' ? Object.getOwnPropertyDescriptor(scope, tag)?.value : undefined;
}

function withoutRawXml(): object {
  const config = fileTypeConfig.docx();
  return { ...config, baseModules: config.baseModules.filter((module) => module !== rawXmlModule) };
}
