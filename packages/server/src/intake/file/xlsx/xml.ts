import { SaxesParser } from 'saxes';
import { FileError } from '../fileError.ts';

export type Attributes = Readonly<Record<string, string>>;

/** What to do at each event of a document; names come without their namespace prefix. */
export interface XmlHandler {
  open?(name: string, attributes: Attributes): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** No tag and no text between tags is longer: the parser holds it. A cell has 32,767 characters. */
const MOST_BETWEEN_EVENTS = 4 * 1024 ** 2;

/**
 * Runs through an XML document and gives, after each piece of it, how many bytes that was, so that
 * the caller takes what the handler has gathered. Nothing outside the document is ever fetched: one
 * with a DOCTYPE is refused. Fails with a FileError when it is not well-formed.
 */
export async function* parseXml(
  source: AsyncIterable<Buffer>,
  handler: XmlHandler,
): AsyncGenerator<number> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let sinceEvent = 0;
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('doctype', () => {
    throw damaged();
  });
  parser.on('opentag', ({ name, attributes }) => {
    sinceEvent = 0;
    handler.open?.(local(name), attributes);
  });
  parser.on('text', (text) => handler.text?.(text));
  parser.on('cdata', (text) => handler.text?.(text));
  parser.on('closetag', ({ name }) => {
    sinceEvent = 0;
    handler.close?.(local(name));
  });

  const write = (step: () => void): void => {
    try {
      step();
    } catch (error) {
      // Not saxes' own message: it may quote the document.
      throw error instanceof FileError ? error : damaged();
    }
  };
  for await (const bytes of source) {
    sinceEvent += bytes.length;
    write(() => parser.write(decoder.decode(bytes, { stream: true })));
    if (sinceEvent > MOST_BETWEEN_EVENTS) throw damaged();
    yield bytes.length;
  }
  write(() => parser.write(decoder.decode()).close());
  yield 0;
}

/** Runs through a whole document. */
export async function readXml(source: AsyncIterable<Buffer>, handler: XmlHandler): Promise<void> {
  const pieces = parseXml(source, handler);
  while (!(await pieces.next()).done);
}

/** An attribute by its name without namespace prefix. */
export function attribute(attributes: Attributes, name: string): string | undefined {
  const found = Object.keys(attributes).find((key) => local(key) === name);
  return found === undefined ? undefined : attributes[found];
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

const damaged = (): FileError => new FileError('The file is damaged: a part of it is not XML.');
