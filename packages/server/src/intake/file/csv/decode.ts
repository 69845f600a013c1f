import { FileError } from '../fileError.ts';
import { MOST_ROW_CHARACTERS } from '../rowFile.ts';
import { LineCounter } from './lineCounter.ts';

/** What Windows-1252 has where Latin-1 has control characters, 0x80 to 0x9F. */
const upper = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/**
 * The text of a file in this encoding, piece by piece, less its byte order mark. Fails with a
 * FileError that names the line at what the encoding does not have, and at a line of more than
 * MOST_ROW_CHARACTERS.
 */
export async function* decode(
  source: AsyncIterable<Buffer>,
  encoding: string,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const counter = new LineCounter();
  const decodeNext = (bytes?: Buffer): string => {
    try {
      const text = bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
      return decoder.encoding === 'windows-1252' ? windows1252(text) : text;
    } catch {
      throw new FileError(`this or a line soon after is not ${encoding}.`, counter.line);
    }
  };

  for await (const bytes of source) yield checked(decodeNext(bytes), counter);
  yield checked(decodeNext(), counter);
}

/** Early versions of Node 24 read it as Latin-1: https://github.com/nodejs/node/issues/56542 */
const windows1252 = (text: string): string =>
  text.replace(/[\x80-\x9f]/g, (character) => upper[character.charCodeAt(0) - 0x80] ?? character);

function checked(text: string, counter: LineCounter): string {
  counter.add(text, MOST_ROW_CHARACTERS);
  if (counter.length > MOST_ROW_CHARACTERS) {
    throw new FileError('this line is longer than 1 MiB.', counter.line);
  }
  return text;
}
