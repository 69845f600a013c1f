import type { Step } from './replay.ts';

/** One request of HTTP. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One connection's call: a request and, where the answer is to be acknowledged, another one. */
export interface HttpCall {
  readonly first: HttpRequest;
  /** Sent with `{keys: <the ids of the first answer>, data}`. */
  readonly acknowledge?: Omit<HttpRequest, 'body'> & { readonly data: object };
}

/** What a number of connections do again and again, one call after another. */
export type Load =
  | {
      readonly over: 'http';
      readonly url: string;
      /** Stands once for each contact in an answer. */
      readonly mark: string;
      /** How many contacts an answer has. */
      readonly contacts: number;
      readonly calls: readonly HttpCall[];
    }
  | {
      readonly over: 'sql';
      readonly url: string;
      readonly settings: ReadonlyMap<string, string>;
      readonly calls: readonly (readonly Step[])[];
    };

/** When a round ends, whichever comes first. */
export interface Bounds {
  /** Milliseconds. */
  readonly time: number;
  /** Calls of each connection. */
  readonly most: number;
  /** Take fewer contacts than `contacts` for an end of that connection's work; give the ids. */
  readonly drain?: boolean;
}

/** What a round came to. */
export interface Round {
  readonly seconds: number;
  /** Of the calls that were served, milliseconds. */
  readonly latencies: number[];
  /** Answers that said 503: the call was made again when their Retry-After was over. */
  readonly shed: number;
  /** Answers that were no success, and what the first of them said. */
  readonly failed: number;
  readonly failure?: string | undefined;
  /** Of all contacts that were delivered; of a drain only. */
  readonly ids: number[];
}

export type Command =
  | { readonly number: number; readonly open: Load }
  | { readonly number: number; readonly run: Bounds }
  | { readonly number: number; readonly close: true };
