import type { LoadCollection } from '@relais/contract';

/** The text of one record as the file has it. Its bytes are valid until the next chunk is pushed. */
export interface ScannedRecord {
  /** The array that holds it; undefined in JSON Lines, where the record says it itself. */
  readonly collection: LoadCollection | undefined;
  /** Where it starts. */
  readonly line: number;
  readonly bytes: Buffer;
}

/**
 * Cuts a file into its records and holds no more than one; chunks may be cut anywhere. What is
 * wrong between records is a LoadError; what is within them is not looked at.
 */
export interface Scanner {
  /** The records that end in this chunk. */
  push(chunk: Buffer): Iterable<ScannedRecord>;
  /** Call after the last chunk: gives what is left, and tells what is missing. */
  end(): Iterable<ScannedRecord>;
}
