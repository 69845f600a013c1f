import { type LoadCollection, loadCollections } from '@relais/contract';
import { duplicateMember } from '../text/duplicateMember.ts';
import { isRecord } from '../text/isRecord.ts';
import { isCollection, knownCollection } from './collections.ts';
import { FormScanner } from './formScanner.ts';
import { isIdentity } from './identities.ts';
import { LoadError, type Place } from './loadError.ts';
import type { ScannedRecord } from './scanner.ts';
import { decodeUtf8 } from './utf8.ts';

/** A record that agrees with the format. */
export interface ReadRecord {
  readonly collection: LoadCollection;
  readonly line: number;
  /** Its number in its collection, from 0. */
  readonly index: number;
  readonly value: Record<string, unknown>;
  /** Bytes it takes in the file. */
  readonly size: number;
}

export interface ReadProgress {
  /** Bytes of the file that were read. */
  readonly bytes: number;
  readonly records: number;
}

/**
 * The records of a file, JSON or JSON Lines, in its order, each checked against the format. Fails
 * with a LoadError at the first fault. Holds one record and one chunk.
 */
export async function* readRecords(
  input: AsyncIterable<Uint8Array | string>,
  onProgress: (progress: ReadProgress) => void = () => {},
): AsyncGenerator<ReadRecord> {
  const scanner = new FormScanner();
  const parser = new RecordParser();
  let bytes = 0;
  for await (const chunk of input) {
    const buffer = bufferOf(chunk);
    for (const scanned of scanner.push(buffer)) yield parser.parse(scanned);
    bytes += buffer.length;
    onProgress({ bytes, records: parser.records });
  }
  for (const scanned of scanner.end()) yield parser.parse(scanned);
  onProgress({ bytes, records: parser.records });
}

const bufferOf = (chunk: Uint8Array | string): Buffer =>
  typeof chunk === 'string'
    ? Buffer.from(chunk)
    : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);

/** Parses and checks records, and counts them by collection. */
class RecordParser {
  records = 0;
  readonly #counts = new Map<LoadCollection, number>();

  parse({ collection: array, line, bytes }: ScannedRecord): ReadRecord {
    const around = this.#place(line, array);
    const text = decodeUtf8(bytes, around);
    const value = parseObject(text, around);
    const place = this.#place(line, array ?? value.collection);
    const twice = duplicateMember(text);
    if (twice !== undefined) throw new LoadError({ ...place, field: twice }, 'is given twice.');

    const collection = array ?? knownCollection(value.collection, line);
    if (array === undefined) delete value.collection;
    assertFormat(collection, value, place);
    const index = this.#counts.get(collection) ?? 0;
    this.#counts.set(collection, index + 1);
    this.records += 1;
    return { collection, line, index, value, size: bytes.length };
  }

  #place(line: number, collection: unknown): Place {
    if (!isCollection(collection)) return { line };
    return { line, collection, index: this.#counts.get(collection) ?? 0 };
  }
}

function parseObject(text: string, place: Place): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not the parser's own message: it quotes the record.
    throw new LoadError(place, 'a record is not valid JSON.');
  }
  if (!isRecord(value)) throw new LoadError(place, 'a record must be an object.');
  return value;
}

/** The format's messages tell what a field must be, and never what it is. */
function assertFormat(
  collection: LoadCollection,
  record: Record<string, unknown>,
  place: Place,
): void {
  const read = loadCollections[collection].safeParse(record);
  if (read.success) {
    if (collection === 'identities') assertIdentity(record.value, place);
    return;
  }
  const [issue] = read.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    throw new LoadError({ ...place, field: issue.keys[0] }, 'is not a member of this format.');
  }
  const field = String(issue?.path[0]);
  const problem = Object.hasOwn(record, field) ? issue?.message : 'is missing';
  throw new LoadError({ ...place, field }, `${problem}.`);
}

/** Number plans and domains are beyond the contract: a value is right when it is read as itself. */
function assertIdentity(value: unknown, place: Place): void {
  if (typeof value === 'string' && isIdentity(value)) return;
  const problem = 'is not a telephone or e-mail address as a lead is recognised by.';
  throw new LoadError({ ...place, field: 'value' }, problem);
}
