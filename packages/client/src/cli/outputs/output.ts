import type { Contact } from '../../types.ts';

export type Format = 'csv' | 'jsonl';

/** Where contacts are written. */
export interface Output {
  /**
   * Takes it for this run, from before its mark is read until what belongs beyond it is written;
   * resolves with what gives it back. Fails while another run has it.
   */
  take(): Promise<() => Promise<void>>;
  /** Its place now, before a pull: what comes to be beyond it is of that pull. */
  mark(): Promise<number>;
  /**
   * Writes the contacts of a pull that began at this mark, and resolves when they are safe. Half
   * of them may be there already, from a process that died.
   */
  write(contacts: readonly Contact[], from: From): Promise<void>;
}

export interface From {
  readonly mark: number;
  /** Where the half that is there already ends at the latest. */
  readonly end: number;
  /** The pull, where it is known. */
  readonly pull: string | undefined;
  /** Is told from where to where the contacts will be, before any of them is written. */
  readonly onPlace: (mark: number, end: number) => Promise<void>;
  /** The contacts that need not be written again. */
  readonly done: ReadonlySet<number>;
  /** Is told of each contact that need not be written again. */
  readonly onDone: (actionId: number) => Promise<void>;
  readonly signal: AbortSignal;
}
