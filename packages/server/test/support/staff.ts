import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  type ErrorCode,
  type OperatorOperationName,
  type OperatorOperations,
  operatorOperations,
  type Role,
  type StaffMember,
} from '@relais/contract';
import type { z } from 'zod';
import { sha256 } from '../../src/keys/encoding.ts';
import { hashPassword } from '../../src/staff/password.ts';
import { insertSession } from '../../src/store/sessions.ts';
import type { TestServer } from './server.ts';

type Parameters<Name extends OperatorOperationName> = z.input<OperatorOperations[Name]['request']>;
type Answer<Name extends OperatorOperationName> = z.output<OperatorOperations[Name]['response']>;

/** An answer of the console's door, read whole. */
export interface OperatorReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** `Error-Code`; null when it went well. */
  readonly code: string | null;
  /** The cookie it sets, as a browser sends it back; undefined when it sets none. */
  readonly cookie: string | undefined;
}

/** Sends a body to the console's door as a page of the console does. */
export async function post(
  url: string,
  cookie: string | undefined,
  body: object | string,
  headers: Record<string, string> = {},
): Promise<OperatorReply> {
  const response = await fetch(`${url}/operator/v1`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: url,
      'sec-fetch-site': 'same-origin',
      ...(cookie ? { cookie } : {}),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return {
    status: response.status,
    headers: response.headers,
    text: await response.text(),
    code: response.headers.get('error-code'),
    cookie: response.headers.getSetCookie().at(-1)?.split(';')[0],
  };
}

/** A browser that has typed e-mail address and password. */
export const signIn = (
  server: Pick<TestServer, 'url'>,
  email: string,
  password: string,
  headers: Record<string, string> = {},
  cookie?: string,
) => post(server.url, cookie, { operation: 'signIn', email, password }, headers);

export interface CallOptions {
  /** The CRM database, when there are several. */
  readonly database?: string;
  readonly headers?: Record<string, string>;
}

/** Calls operations, as somebody or as nobody. */
export interface Caller {
  /** The answer, checked against the contract; an error fails the test with its text. */
  call<Name extends OperatorOperationName>(
    operation: Name,
    parameters?: Parameters<Name>,
    options?: CallOptions,
  ): Promise<Answer<Name>>;
  /** The sentence of an error, which has to be this one. */
  call<Name extends OperatorOperationName>(
    operation: Name,
    parameters: Parameters<Name> | undefined,
    options: CallOptions & { readonly expect: ErrorCode },
  ): Promise<string>;
}

/** Calls with a cookie; a browser that holds none has undefined. */
export function caller(url: string, cookie: string | undefined): Caller {
  function call<Name extends OperatorOperationName>(
    operation: Name,
    parameters?: Parameters<Name>,
    options?: CallOptions,
  ): Promise<Answer<Name>>;
  function call<Name extends OperatorOperationName>(
    operation: Name,
    parameters: Parameters<Name> | undefined,
    options: CallOptions & { readonly expect: ErrorCode },
  ): Promise<string>;
  async function call(
    operation: OperatorOperationName,
    parameters: object = {},
    { database, headers, expect }: CallOptions & { readonly expect?: ErrorCode } = {},
  ): Promise<unknown> {
    const body = { operation, ...(database ? { database } : {}), ...parameters };
    const reply = await post(url, cookie, body, headers);
    if (expect !== undefined) {
      assert.equal(reply.code, expect, `${operation}: ${reply.status} ${reply.text}`);
      return JSON.parse(reply.text).error;
    }
    if (reply.status !== 200) throw new Error(`${operation}: ${reply.status} ${reply.text}`);
    const answer: unknown = JSON.parse(reply.text);
    // A schema passes over members that it does not know: here there must be none.
    assert.deepEqual(operatorOperations[operation].response.parse(answer), answer);
    return answer;
  }
  return { call };
}

/** The password of everybody that `signedIn` makes. */
export const PASSWORD = 'une phrase bien à moi';
let passwordHash: Promise<string> | undefined;

/** Somebody who is signed in, by a session in the catalog that needed no password; also a Browser. */
export interface SignedIn extends Caller {
  readonly url: string;
  readonly cookie: string;
  readonly staff: StaffMember;
}

/** A new person of this role (admin unless told otherwise) with a session. */
export async function signedIn(
  server: Pick<TestServer, 'url' | 'databases'>,
  role: Role = 'admin',
): Promise<SignedIn> {
  const { catalog } = server.databases;
  const nom = `${role} ${randomBytes(4).toString('hex')}`;
  const email = `${nom.replace(' ', '-')}@example.com`;
  passwordHash ??= hashPassword(PASSWORD);
  const { id } = await catalog
    .insertInto('staff')
    .values({ email, nom, role, password_hash: await passwordHash })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { url } = server;
  const cookie = await openSession(server, id);
  const staff = { id, email, nom, role, two_factor: false };
  return { ...caller(url, cookie), url, cookie, staff };
}

/** A further session of somebody, as the cookie of a browser. */
export async function openSession(
  { databases }: Pick<TestServer, 'databases'>,
  staff: number,
): Promise<string> {
  const token = randomBytes(32).toString('hex');
  await databases.catalog.transaction().execute((trx) =>
    insertSession(trx, {
      id_staff: staff,
      token_hash: sha256(token),
      complete: true,
      seconds: 3600,
      address: '127.0.0.1',
      user_agent: 'test',
    }),
  );
  return `relais_session=${token}`;
}
