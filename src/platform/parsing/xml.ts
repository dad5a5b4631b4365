import sax, { type SAXParser, type Tag } from 'sax';
import { FileFault } from './file-fault.js';

/** Elements within elements, and attributes of one: documents of offices have far fewer. */
const deepest = 256;
const mostAttributes = 1_000;

/** What is done with the pieces of a document, in their order; names are those without a prefix. */
export interface XmlHandlers {
  open?: (name: string, attributes: Record<string, string>) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
}

/**
 * Reads XML (1.0, UTF-8) piece by piece, in linear time, whatever it is; no document type is allowed, and so no entities (XXE, "billion laughs").
 * After each piece the caller may take out what has come together.
 * @throws FileFault where it is not well-formed
 */
export async function* readXml(chunks: AsyncIterable<Buffer>, handlers: XmlHandlers): AsyncGenerator<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parser = parserWith(handlers);
  try {
    for await (const chunk of chunks) {
      parser.write(decoder.decode(chunk, { stream: true }));
      yield;
    }
    parser.write(decoder.decode()).close();
  } catch (error) {
    if (error instanceof FileFault || (error as NodeJS.ErrnoException).code?.startsWith('EIO')) throw error;
    throw notWellFormed();
  }
  yield;
}

/** {@link readXml} for a document of which nothing is taken out on the way. */
export async function scanXml(chunks: AsyncIterable<Buffer>, handlers: XmlHandlers): Promise<void> {
  for await (const _piece of readXml(chunks, handlers)) void _piece;
}

function parserWith({ open, close, text }: XmlHandlers): SAXParser {
  // By its position it looks how long a text has become, and hands on what there is of it.
  const parser = sax.parser(true, { position: true });
  let depth = 0;
  let attributes = 0;
  parser.onerror = (error) => {
    throw error;
  };
  parser.ondoctype = () => {
    throw new FileFault('document_type', {
      vi: 'Tệp có khai báo DOCTYPE, không được nhận. Hãy lưu lại bằng Excel hoặc Word.',
      en: 'The file declares a DOCTYPE, which is refused. Save it anew with Excel or Word.',
    });
  };
  parser.onattribute = () => {
    if (++attributes > mostAttributes) throw notWellFormed();
  };
  parser.onopentag = (tag) => {
    attributes = 0;
    if (++depth > deepest) throw notWellFormed();
    open?.(local(tag.name), (tag as Tag).attributes);
  };
  parser.onclosetag = (name) => {
    depth--;
    close?.(local(name));
  };
  if (text) parser.ontext = parser.oncdata = text;
  return parser;
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function notWellFormed(): FileFault {
  return new FileFault('not_well_formed', {
    vi: 'Tệp hỏng: nội dung XML bên trong không đúng cú pháp. Hãy mở tệp bằng Excel hoặc Word, lưu lại rồi gửi lại.',
    en: 'The file is broken: the XML in it is not well-formed. Open it in Excel or Word, save it anew and send it again.',
  });
}
