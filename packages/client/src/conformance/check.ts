/** What one check found. */
export interface Finding {
  readonly group: string;
  readonly title: string;
  readonly outcome: 'passed' | 'failed' | 'not run';
  /** Why it failed, or was not run. */
  readonly why?: string;
}

/** One statement of the published page, checked against a server. */
export interface Check {
  readonly group: string;
  readonly title: string;
  /** True when it takes contacts. */
  readonly pulls?: boolean;
  /** Fails with a sentence when the server is otherwise. */
  run(server: Probe): Promise<void>;
}

/** An answer, read whole. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly json: unknown;
}

/** The server that is probed. */
export interface Probe {
  /** Sends a body, as it is or as JSON, with the key in the header unless told otherwise. */
  send(body: object | string, headers?: Record<string, string>): Promise<Answer>;
  readonly key: string;
}

/** A server is otherwise than the page says. */
export class Nonconformance extends Error {}

export function expect(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new Nonconformance(sentence);
}
