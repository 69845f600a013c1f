import type { OperatorOperationName, OperatorOperations, StaffMember } from '@relais/contract';
import type { z } from 'zod';
import type { Context } from '../context.ts';
import type { CrmDatabase } from '../installation/databases.ts';

/** What may be guessed at: a password, a code of the second factor, a link. */
export type GuessKind = 'password' | 'code' | 'link';

/** A call of the console by anyone: before sign-in. */
export interface PublicCall {
  readonly context: Context;
  readonly address: string;
  /** What the browser calls itself, cut to a sensible length. */
  readonly userAgent: string;
  /** Where the browser reaches the console, such as `https://crm.example.com`. */
  readonly origin: string;
  /** The SHA-256 of the session token that the browser sent, whatever it may be worth. */
  readonly presented: Buffer | undefined;
  /**
   * Counts a guess, from this address, at a secret of somebody: an e-mail address or an id, which
   * need not exist. Refuses one too many. Gives what takes the guess back when it was right.
   */
  guess(kind: GuessKind, whose: string): Promise<() => Promise<void>>;
  /** Gives the browser a session: its token, for so many seconds. */
  startSession(token: string, seconds: number): void;
  endSession(): void;
}

/** A call by somebody who is signed in. */
export interface StaffCall extends PublicCall {
  readonly staff: StaffMember;
  /** For the audit: `staff:<id>`. */
  readonly actor: string;
  /** The SHA-256 of the session's token. */
  readonly session: Buffer;
}

/** A call on one CRM database. */
export interface DatabaseCall extends StaffCall {
  readonly database: CrmDatabase;
  /** Notes whose personal data the answer shows; it goes into the audit with the answer. */
  saw(prospects: readonly number[]): void;
}

type CallOf<Operation> = Operation extends { access: 'anyone' }
  ? PublicCall
  : Operation extends { database: true }
    ? DatabaseCall
    : StaffCall;

/** The parameters of an operation, checked. */
export type OperatorParameters<Name extends OperatorOperationName> = z.output<
  OperatorOperations[Name]['request']
>;

/** A response as a handler may give it: JSON turns dates into the texts of the contract. */
type Presentable<Value> = Value extends string
  ? Value | Date
  : Value extends readonly (infer Item)[]
    ? readonly Presentable<Item>[]
    : Value extends object
      ? { readonly [Name in keyof Value]: Presentable<Value[Name]> }
      : Value;

/** The code of one operation of the console. Refuses by throwing a Refusal. */
export type OperatorHandler<Name extends OperatorOperationName> = (
  call: CallOf<OperatorOperations[Name]>,
  parameters: OperatorParameters<Name>,
) => Promise<Presentable<z.input<OperatorOperations[Name]['response']>>>;
