/** The environment variable that the samples read the reader's key from. */
export const KEY_VARIABLE = 'RELAIS_API_KEY';

/** A call that a sample makes. */
export interface SampleCall {
  /** The address of the API, such as `https://api.example.com/api/v1`. */
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Of a pull: its Idempotency-Key, and what to know about it, as the lines of a comment. */
  readonly pull?: { readonly key: string; readonly note: readonly string[] };
}

/** How one language makes a call, and how it makes a pull again until that is answered. */
export interface SampleLanguage {
  /** Names it in ids and in the reader's browser. */
  readonly id: string;
  readonly name: string;
  call(call: SampleCall): string;
  repeated(call: SampleCall): string;
}
