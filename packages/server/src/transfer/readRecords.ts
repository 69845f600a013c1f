import { type LoadCollection, loadCollections } from '@relais/contract';
import { duplicateMember } from './duplicateMember.ts';
import { LoadError, type Place } from './loadError.ts';
import { RecordScanner, type ScannedRecord } from './scan.ts';

/** A record that agrees with the format. */
export interface ReadRecord {
  readonly collection: LoadCollection;
  readonly line: number;
  /** Its number in its collection, from 0. */
  readonly index: number;
  readonly value: Record<string, unknown>;
}

export interface ReadProgress {
  /** Bytes of the file that were read. */
  readonly bytes: number;
  readonly records: number;
}

/** The records of a file, each checked against the format; fails with a LoadError at the first fault. */
export async function* readRecords(
  input: AsyncIterable<Uint8Array | string>,
  onProgress: (progress: ReadProgress) => void = () => {},
): AsyncGenerator<ReadRecord> {
  const scanner = new RecordScanner();
  const counts = new Map<string, number>();
  let bytes = 0;
  let records = 0;
  for await (const chunk of input) {
    const buffer = Buffer.from(chunk as Uint8Array);
    for (const scanned of scanner.push(buffer)) {
      const record = parseRecord(scanned, counts);
      records += 1;
      yield record;
    }
    bytes += buffer.length;
    onProgress({ bytes, records });
  }
  scanner.end();
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function parseRecord(scanned: ScannedRecord, counts: Map<string, number>): ReadRecord {
  const { line } = scanned;
  let place: Place = { line, collection: scanned.collection };
  let text: string;
  let value: Record<string, unknown>;
  try {
    text = utf8.decode(scanned.bytes);
  } catch {
    throw new LoadError(place, 'a record is not UTF-8.');
  }
  try {
    value = JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new LoadError(place, 'a record is not valid JSON.');
  }
  const twice = duplicateMember(text);
  if (twice !== undefined) throw new LoadError({ ...place, field: twice }, 'is given twice.');

  const { collection: named, ...members } = value;
  const collection = knownCollection(scanned.collection ?? named, line);
  const index = counts.get(collection) ?? 0;
  counts.set(collection, index + 1);
  place = { line, collection, index };
  const record = scanned.collection === undefined ? members : value;
  assertFormat(collection, record, place);
  return { collection, line, index, value: record };
}

function knownCollection(name: unknown, line: number): LoadCollection {
  if (typeof name === 'string' && Object.hasOwn(loadCollections, name)) {
    return name as LoadCollection;
  }
  const known = Object.keys(loadCollections).join(', ');
  throw new LoadError(
    { line },
    name === undefined
      ? `a record must name its collection, one of ${known}.`
      : `there is no such collection; there is ${known}.`,
  );
}

function assertFormat(
  collection: LoadCollection,
  record: Record<string, unknown>,
  place: Place,
): void {
  const read = loadCollections[collection].safeParse(record);
  if (read.success) return;
  const [issue] = read.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    throw new LoadError({ ...place, field: issue.keys[0] }, 'is not a member of this format.');
  }
  const field = String(issue?.path[0]);
  const problem = Object.hasOwn(record, field) ? explain(issue) : 'is missing';
  throw new LoadError({ ...place, field }, `${problem}.`);
}

/** Zod's own messages name types, never values. */
function explain(issue: { code?: string; message: string } | undefined): string {
  if (issue?.code === 'invalid_type')
    return issue.message.replace(/^Invalid input: expected/, 'must be');
  return issue?.message ?? 'is invalid';
}
