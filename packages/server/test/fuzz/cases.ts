import {
  clientOperations,
  leadRequest,
  type Operation,
  type OperatorOperation,
  operatorOperations,
  scenarios,
} from '@relais/contract';
import fc from 'fast-check';
import { z } from 'zod';
import { broken, mutated } from './mutations.ts';
import { rawRequests } from './rawRequests.ts';
import { hostileTexts, junk, MARK, MARK_DIGITS, type Schema, valid } from './values.ts';

export type Door = 'client' | 'operator' | 'intake' | 'files' | 'service' | 'raw';

/** Who sends a request: what the world has of it is put in when it is sent. */
export type Who = 'nobody' | 'stranger' | 'key' | 'sandbox' | 'staff' | 'source';

/** One request, the same for the same seed. */
export interface Case {
  readonly door: Door;
  /** The operation, channel or path. */
  readonly name: string;
  /** How the body came about. */
  readonly kind: 'valid' | 'mutated' | 'broken' | 'raw';
  readonly who: Who;
  /** Which of those of that kind. */
  readonly pick: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

type Part = Pick<Case, 'name' | 'kind' | 'body'>;

function schemaOf(schema: z.ZodType): Schema {
  const whole = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  // One that has an id stands under it.
  const id = whole.$ref?.split('/').at(-1);
  return (id === undefined ? whole : whole.$defs?.[id]) as Schema;
}

const bytesOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value) ?? '');

/** Mostly a body still names its operation and database: what is wrong is found further inside. */
const astray = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.tuple(value, fc.nat({ max: 5 })).chain(([start, die]) =>
    mutated(fc.constant(start)).map((changed) => {
      if (die === 0 || typeof changed !== 'object' || changed === null) return changed;
      const { operation, database } = start as { operation?: unknown; database?: unknown };
      return {
        ...changed,
        ...(operation === undefined ? {} : { operation }),
        ...(database === undefined ? {} : { database }),
      };
    }),
  );

/** A value as bytes: as it is, with changes, or with broken bytes. */
function bodies(name: string, value: fc.Arbitrary<unknown>): fc.Arbitrary<Part> {
  const part = (kind: Case['kind'], body: fc.Arbitrary<Buffer>) =>
    body.map((bytes): Part => ({ name, kind, body: bytes }));
  return fc.oneof(
    { weight: 4, arbitrary: part('valid', value.map(bytesOf)) },
    { weight: 4, arbitrary: part('mutated', astray(value).map(bytesOf)) },
    { weight: 2, arbitrary: part('broken', broken(value.map(bytesOf))) },
  );
}

const odd = [
  'application/json',
  'application/json; charset=utf-16',
  'text/plain',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'application/octet-stream',
  'a/b/c',
  '/',
  '',
  'x'.repeat(1_000),
] as const;

/** Headers that the server reads, with values that it does not expect, and some that it does not know. */
const strangeHeaders: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.constantFrom(...odd).map((type) => ({ 'content-type': type })),
      fc
        .constantFrom('application/problem+json', '*/*', '', 'text/html', 'x'.repeat(4_000))
        .map((accept) => ({ accept })),
      fc
        .constantFrom(
          '""',
          '"',
          '"a"b',
          'a'.repeat(255),
          'a'.repeat(256),
          'é',
          ' ',
          '"\\x"',
          'a, b',
        )
        .map((key) => ({ 'idempotency-key': key })),
      fc
        .constantFrom('null', 'https://foreign.example', 'http://[::1', '', 'javascript:')
        .map((origin) => ({ origin })),
      fc
        .constantFrom('cross-site', 'same-site', 'x', '')
        .map((site) => ({ 'sec-fetch-site': site })),
      fc
        .constantFrom('a/../b', 'foreign.example', '', ':', '[::1', 'a b', '127.0.0.1:99999')
        .map((host) => ({ host })),
      fc
        .constantFrom('999.1.1.1', 'unknown', '::1%eth0', ', ,', '127.0.0.1', 'x'.repeat(500))
        .map((address) => ({ 'x-forwarded-for': address })),
      fc
        .constantFrom('https', 'javascript', 'http, https', '')
        .map((proto) => ({ 'x-forwarded-proto': proto })),
      fc
        .constantFrom('relais_session=', '=;=;', '__Host-relais_session=x', 'a'.repeat(8_000))
        .map((cookie) => ({ cookie })),
      fc
        .constantFrom('gzip', 'br, gzip', 'identity;q=0')
        .map((encoding) => ({ 'content-encoding': encoding })),
      fc
        .constantFrom('Bearer x', 'Basic eDp5', 'x'.repeat(3_000))
        .map((authorization) => ({ authorization })),
      fc.constantFrom('DELETE', 'GET').map((method) => ({ 'x-http-method-override': method })),
      fc.constantFrom('/operator/v1', '/').map((url) => ({ 'x-original-url': url })),
      fc.constantFrom('', 'a, b', 'x'.repeat(300)).map((key) => ({ 'x-api-key': key })),
      fc
        .constantFrom('sha256=', 'sha256=zz', 'sha1=00')
        .map((signature) => ({ 'x-hub-signature-256': signature })),
      fc.constant({ expect: '100-continue' }),
      fc.constant({ upgrade: 'websocket', connection: 'upgrade' }),
    ),
  },
);

const paths = (path: string) =>
  fc.oneof(
    { weight: 20, arbitrary: fc.constant(path) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        `${path}/`,
        `${path}?x=1`,
        `${path}?apiKey=relais_live_x`,
        `${path}?${'a=1&'.repeat(500)}`,
        `${path}%00`,
        `${path}/%zz`,
        `/${path}`,
        path.toUpperCase(),
      ),
    },
  );

const methods = fc.oneof(
  { weight: 30, arbitrary: fc.constant('POST') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'GET',
      'PUT',
      'PATCH',
      'DELETE',
      'OPTIONS',
      'HEAD',
      'TRACE',
      'PROPFIND',
    ),
  },
);

const whole = (
  door: Door,
  path: string,
  who: fc.Arbitrary<Who>,
  part: fc.Arbitrary<Part>,
  own: Record<string, string> = {},
): fc.Arbitrary<Case> =>
  fc
    .record({
      part,
      who,
      pick: fc.nat({ max: 1_000 }),
      method: methods,
      path: paths(path),
      headers: strangeHeaders,
    })
    .map(({ part: { name, kind, body }, headers, ...rest }) => ({
      door,
      name,
      kind,
      body,
      ...rest,
      headers: { ...own, ...headers },
    }));

const oneOf = <T>(weighted: { weight: number; arbitrary: fc.Arbitrary<T> }[]): fc.Arbitrary<T> =>
  fc.oneof(...weighted);

/** Those that take long are called seldom. */
const RARE = new Set([
  'resetSandbox',
  'signIn',
  'acceptInvitation',
  'changePassword',
  'startImport',
]);

function clientBody(operation: Operation): fc.Arbitrary<unknown> {
  const scenario = fc.oneof(
    { weight: 30, arbitrary: fc.constant({}) },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom(...Object.keys(scenarios).filter((name) => name !== 'slow'))
        .map((name) => ({ scenario: name })),
    },
    { weight: 1, arbitrary: junk.map((value) => ({ scenario: value })) },
  );
  return fc.tuple(valid(schemaOf(operation.request)), scenario).map(([parameters, more]) => ({
    operation: operation.name,
    ...(parameters as object),
    ...more,
  }));
}

const clientCases = whole(
  'client',
  '/api/v1',
  oneOf<Who>([
    { weight: 16, arbitrary: fc.constant('key') },
    { weight: 6, arbitrary: fc.constant('sandbox') },
    { weight: 1, arbitrary: fc.constantFrom('nobody', 'stranger', 'staff') },
  ]),
  oneOf(
    Object.values(clientOperations).map((operation: Operation) => ({
      weight: RARE.has(operation.name) ? 1 : 60,
      arbitrary: bodies(operation.name, clientBody(operation)),
    })),
  ),
);

function operatorBody(operation: OperatorOperation): fc.Arbitrary<unknown> {
  const database = fc.oneof(
    { weight: 12, arbitrary: fc.constant('main') },
    { weight: 1, arbitrary: fc.constantFrom(undefined, 'none', '', '__proto__', 'MAIN') },
  );
  return fc.tuple(valid(schemaOf(operation.request)), database).map(([parameters, nom]) => ({
    operation: operation.name,
    ...(operation.database && nom !== undefined ? { database: nom } : {}),
    ...(parameters as object),
  }));
}

const operatorCases = whole(
  'operator',
  '/operator/v1',
  oneOf<Who>([
    { weight: 30, arbitrary: fc.constant('staff') },
    { weight: 1, arbitrary: fc.constantFrom('nobody', 'stranger', 'key') },
  ]),
  oneOf(
    Object.values(operatorOperations).map((operation: OperatorOperation) => ({
      weight: RARE.has(operation.name) ? 1 : 6,
      arbitrary: bodies(operation.name, operatorBody(operation)),
    })),
  ),
  { 'content-type': 'application/json' },
);

const lead = fc.oneof(
  { weight: 8, arbitrary: valid(schemaOf(leadRequest)) },
  {
    weight: 1,
    arbitrary: fc.tuple(valid(schemaOf(leadRequest)), junk).map(([one, more]) => ({
      ...(one as object),
      [`${MARK} question`]: more,
    })),
  },
);

const googleLead = fc
  .record({
    lead_id: fc.oneof(
      fc.nat().map((n) => `lead-${n}`),
      fc.maxSafeInteger(),
      junk,
    ),
    columns: fc.array(
      fc.record({
        column_id: fc.constantFrom('FULL_NAME', 'EMAIL', 'PHONE_NUMBER', 'CITY', '__proto__', ''),
        string_value: fc.oneof(fc.constantFrom(...hostileTexts), fc.constant(`${MARK} ads`)),
      }),
      { maxLength: 6 },
    ),
    is_test: fc.boolean(),
    ids: fc.constantFrom(40_000_000_000, 2 ** 54, -1, 'x'),
  })
  .map(({ lead_id, columns, is_test, ids }) => ({
    lead_id,
    user_column_data: columns,
    api_version: '1.0',
    form_id: ids,
    campaign_id: ids,
    google_key: '@google#0@',
    is_test,
  }));

const notice = fc
  .array(
    fc.record({
      field: fc.constantFrom('leadgen', 'leadgen', 'feed', '__proto__'),
      value: fc.oneof(
        fc.record({
          leadgen_id: fc.oneof(fc.nat(), fc.nat().map(String), junk),
          form_id: fc.oneof(fc.constant('1'), fc.nat(), junk),
          created_time: fc.nat(),
        }),
        junk,
      ),
    }),
    { maxLength: 3 },
  )
  .map((changes) => ({ object: 'page', entry: [{ id: '498874383867723', changes }] }));

const formFields = fc.tuple(valid(schemaOf(leadRequest)), fc.nat({ max: 9 })).map(([fields, n]) => {
  const texts = Object.entries(fields as object).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  const trap: [string, string][] = n === 0 ? [['site_web', MARK]] : [];
  return Buffer.from(new URLSearchParams([['token', '@form#0@'], ...texts, ...trap]).toString());
});

const formPart = fc.oneof(
  { weight: 3, arbitrary: formFields.map((body): Part => ({ name: 'form', kind: 'valid', body })) },
  {
    weight: 1,
    arbitrary: broken(formFields).map((body): Part => ({ name: 'form', kind: 'broken', body })),
  },
);

const senders = oneOf<Who>([
  { weight: 20, arbitrary: fc.constant('source') },
  { weight: 1, arbitrary: fc.constantFrom('nobody', 'stranger', 'key') },
]);

const intakeCases = fc.oneof(
  { weight: 4, arbitrary: whole('intake', '/intake/v1/fuzz-json', senders, bodies('json', lead)) },
  {
    weight: 2,
    arbitrary: whole('intake', '/intake/v1/fuzz-form', senders, formPart, {
      'content-type': 'application/x-www-form-urlencoded',
    }),
  },
  {
    weight: 2,
    arbitrary: whole('intake', '/intake/v1/fuzz-google', senders, bodies('google', googleLead)),
  },
  {
    weight: 2,
    arbitrary: whole('intake', '/intake/v1/fuzz-meta', senders, bodies('meta', notice)),
  },
);

const csv = fc
  .array(
    fc.tuple(
      fc.constantFrom(...hostileTexts.filter((text) => text.length < 1_000), MARK),
      fc.constantFrom(`${MARK}@${MARK}.example`, '', 'x'),
      fc.constantFrom(`0${MARK_DIGITS}`, '', '1'),
    ),
    { maxLength: 20 },
  )
  .map((rows) =>
    Buffer.from(['nom;email;telephone', ...rows.map((row) => row.join(';'))].join('\n')),
  );

const filePart = fc.oneof(
  { weight: 4, arbitrary: csv.map((body): Part => ({ name: 'upload', kind: 'valid', body })) },
  {
    weight: 1,
    arbitrary: broken(csv).map((body): Part => ({ name: 'upload', kind: 'broken', body })),
  },
  {
    weight: 1,
    arbitrary: fc.uint8Array({ maxLength: 500 }).map(
      (bytes): Part => ({
        name: 'upload',
        kind: 'mutated',
        body: Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.from(bytes)]),
      }),
    ),
  },
);

const fileCases = fc
  .record({
    whole: whole('files', '/operator/v1/files', fc.constant<Who>('staff'), filePart, {
      'content-type': 'application/octet-stream',
    }),
    query: fc.constantFrom(
      'name=a.csv&database=main',
      'name=a.xlsx&database=main',
      'name=%00&database=main',
      'name=a.csv&name=b.csv&database=main',
      'name[]=a&database[]=main',
      `name=${'a'.repeat(300)}&database=main`,
      'database=main',
      '',
    ),
    down: fc.boolean(),
  })
  .map(
    ({ whole: one, query, down }): Case =>
      down
        ? {
            ...one,
            name: 'download',
            method: 'GET',
            path: `/operator/v1/files/@file#1@?${query}`,
            body: Buffer.alloc(0),
          }
        : { ...one, method: 'PUT', path: `/operator/v1/files?${query}` },
  );

const servicePaths = [
  '/healthz',
  '/readyz',
  '/metrics',
  '/',
  '/docs',
  '/docs/fr',
  '/docs/en.md',
  '/llms.txt',
  '/openapi.json',
  '/assets/../package.json',
  '/assets/%2e%2e/%2e%2e/package.json',
  '/assets/..%5c..%5cpackage.json',
  '/assets/theme.js%00',
  '/@main/contacts',
  '/@%ff/contacts',
  '/.git/config',
  '/.env',
  '/server-status',
  '/constructor',
  '/__proto__',
  '//evil.example/%2f..',
] as const;

const serviceCases = fc
  .record({
    path: fc.constantFrom(...servicePaths),
    method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'POST', 'DELETE'),
    headers: strangeHeaders,
  })
  .map(
    ({ path, method, headers }): Case => ({
      ...{ door: 'service', name: path, kind: 'valid', who: 'nobody', pick: 0 },
      ...{ method, path, headers, body: Buffer.alloc(0) },
    }),
  );

const rawCases = rawRequests.map(
  ({ name, bytes }): Case => ({
    ...{ door: 'raw', name, kind: 'raw', who: 'key', pick: 0, method: '', path: '', headers: {} },
    body: bytes,
  }),
);

/** Requests at every door; each operation of the contract has its part. */
const requests: fc.Arbitrary<Case> = fc.oneof(
  { weight: 34, arbitrary: clientCases },
  { weight: 44, arbitrary: operatorCases },
  { weight: 16, arbitrary: intakeCases },
  { weight: 2, arbitrary: fileCases },
  { weight: 2, arbitrary: serviceCases },
  { weight: 2, arbitrary: rawCases },
);

/** The cases of one seed; the same for the same seed and count. */
export const casesOf = (seed: number, count: number): Case[] =>
  fc.sample(requests, { seed, numRuns: count });
