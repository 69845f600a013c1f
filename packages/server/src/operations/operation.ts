import type { ClientOperationName, ClientOperations, ResponseHeader } from '@relais/contract';
import type { z } from 'zod';
import type { CrmDatabase } from '../installation/databases.ts';
import type { ApiKey } from '../keys/authorise.ts';

/** One authenticated call of the Client API. */
export interface Call {
  readonly database: CrmDatabase;
  /** The key as it stood when the call was authenticated. */
  readonly key: ApiKey;
  readonly address: string;
  /** True once the caller's connection is closed: no answer can reach them. */
  gone(): boolean;
  /** The answer that this request had before, where it has a state and is kept. */
  readonly earlier?: Answer | undefined;
}

/** What an operation answers with, before HTTP. */
export interface Answer {
  /** JSON text, or the bytes of an earlier answer. */
  readonly body: string | Buffer;
  readonly headers?: Partial<Record<ResponseHeader, string>>;
  /** From then on by the database's clock it would be another, though nothing has changed. */
  readonly until?: Date | undefined;
  /** What it was made of: while that is the same, so is the answer, whatever else is written. */
  readonly state?: string | undefined;
  /** The pull that this answer delivers: whether it was written whole is noted. */
  readonly pull?: string;
}

/** An operation's parameters, checked. */
export type Parameters<Name extends ClientOperationName> = z.output<
  ClientOperations[Name]['request']
>;

/** The code of one operation: scope, rules, store, present. Refuses by throwing a Refusal. */
export type Handler<Name extends ClientOperationName> = (
  call: Call,
  parameters: Parameters<Name>,
) => Promise<Answer>;
