import { createHash } from 'node:crypto';
import {
  clientOperations,
  commonErrors,
  type ErrorCode,
  errors,
  leadAnswer,
  operatorOperations,
  uploadedFile,
} from '@relais/contract';
import type { z } from 'zod';
import type { Case } from './cases.ts';
import type { FuzzAnswer, Sent } from './sendCase.ts';
import { MARK } from './values.ts';
import { CANARY } from './world.ts';

/** The errors of HTTP itself, at every door. */
const http = [
  'invalid_request',
  'not_found',
  'method_not_allowed',
  'api_key_in_url',
  'payload_too_large',
  'request_timeout',
  'expectation_failed',
  'headers_too_large',
  'unavailable',
] as const satisfies readonly ErrorCode[];

/** What any operation of the console may answer. */
const staff = [
  'invalid_json',
  'unknown_operation',
  'invalid_parameter',
  'not_signed_in',
  'role_not_allowed',
  'foreign_origin',
  'rate_limited',
] as const satisfies readonly ErrorCode[];

const intake = [
  'invalid_json',
  'invalid_parameter',
  'invalid_source_token',
  'invalid_signature',
  'origin_not_allowed',
  'rate_limited',
] as const satisfies readonly ErrorCode[];

/** Two doors have an operation of this name, so the door says which is meant. */
const operationOf = (one: Case) =>
  one.door === 'client'
    ? clientOperations[one.name as keyof typeof clientOperations]
    : operatorOperations[one.name as keyof typeof operatorOperations];

function allowed(one: Case, sent: Sent): readonly ErrorCode[] {
  switch (one.door) {
    case 'client': {
      const rehearsed = sent.body.includes('server_error_once');
      const common = commonErrors.filter((code) => code !== 'internal_error' || rehearsed);
      return [...http, ...common, ...operationOf(one).errors];
    }
    case 'operator':
      return [...http, ...staff, ...operationOf(one).errors];
    case 'intake':
      return [...http, ...intake];
    case 'files':
      return [...http, ...staff, 'record_not_found'];
    case 'service':
      return http;
    case 'raw':
      return [...http, ...commonErrors.filter((code) => code !== 'internal_error')];
  }
}

/** What tells of our inside: a stack, SQL, a file, a version. */
const INSIDE =
  /\bat \S+ \(|node:internal|node_modules|\.[cm]?[jt]s:\d|\/packages\/|\/home\/|SQLSTATE|\bselect\b.*\bfrom\b|\binsert into\b|violates|syntax error|pg_|postgres|fastify|kysely|\bzod\b|node\/\d|TypeError|RangeError|ERR_[A-Z]/i;

/** Everything that is wrong with an answer, in words; nothing: it is as the contract says. */
export function judge(one: Case, sent: Sent): string[] {
  const { answer } = sent;
  if (!answer) {
    if (one.door === 'raw' || sent.body.includes('lost_response')) return [];
    return ['no answer'];
  }
  const faults = [...commonFaults(one, answer), ...foreignTexts(one, sent, answer)];
  return answer.status < 400
    ? [...faults, ...successFaults(one, answer)]
    : [...faults, ...errorFaults(one, sent, answer)];
}

function commonFaults(one: Case, { headers, body }: FuzzAnswer): string[] {
  const faults: string[] = [];
  if (!/^[0-9a-f-]{36}$/.test(String(headers['request-id']))) faults.push('no Request-Id');
  if (headers.server ?? headers['x-powered-by']) faults.push('names its software');
  const digest = headers['content-digest'];
  const own = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
  if (digest !== undefined && one.method !== 'HEAD' && digest !== own) faults.push('wrong digest');
  const api = one.door === 'client' || one.door === 'operator' || one.door === 'intake';
  if (api && headers['cache-control'] !== 'no-store') faults.push('may be kept');
  return faults;
}

/** Canaries of others, and what was sent, come back to nobody. */
function foreignTexts(one: Case, { key }: Sent, answer: FuzzAnswer): string[] {
  const text = answer.body.toString();
  const own = one.door === 'operator' || one.door === 'intake' ? undefined : (key?.own ?? []);
  const foreign = (text.match(CANARY) ?? []).filter((canary) =>
    own ? !own.includes(canary) : !canary.startsWith('zcanary-main-'),
  );
  return foreign.length > 0 && one.door !== 'files' ? [`foreign text ${foreign[0]}`] : [];
}

/** The operations that were really answered: a body may have come to name another, or a path. */
function schemaOf(one: Case): z.ZodType | undefined {
  if (one.kind === 'broken') return undefined;
  if (one.door === 'client' || one.door === 'operator') return operationOf(one).response;
  if (one.name === 'json') return leadAnswer;
  return one.name === 'upload' ? uploadedFile : undefined;
}

function successFaults(one: Case, { status, headers, body }: FuzzAnswer): string[] {
  const schema = schemaOf(one);
  if (!schema || status !== 200) {
    return [200, 204, 303, 304].includes(status) ? [] : [`status ${status}`];
  }
  const type = String(headers['content-type']);
  if (!type.startsWith('application/json')) return [`a success as ${type}`];
  try {
    const read = schema.safeParse(JSON.parse(body.toString()));
    return read.success ? [] : [`not as its schema: ${read.error.issues[0]?.path.join('.')}`];
  } catch {
    return ['a success that is no JSON'];
  }
}

function errorFaults(one: Case, sent: Sent, { status, headers, body }: FuzzAnswer): string[] {
  // The page of the console says in plain words that it is not built.
  if (one.door === 'service' && headers['content-type']?.startsWith('text/plain')) return [];
  if (one.door === 'service' && one.name === '/readyz' && status === 503) return [];
  const code = String(headers['error-code']);
  const faults: string[] = [];
  if (!Object.hasOwn(errors, code)) return [`${status} without a known Error-Code`];
  if (errors[code as ErrorCode].status !== status) faults.push(`${status} for ${code}`);
  if (!allowed(one, sent).includes(code as ErrorCode)) faults.push(`${status} ${code}`);
  const again = [409, 429, 503].includes(status) && /^(rate_limited|unavailable)$/.test(code);
  if (again && !/^\d+$/.test(String(headers['retry-after']))) faults.push('no Retry-After');
  if (one.method === 'HEAD') return faults;
  // Who asks for a page is told by one that there is none.
  const isPage = headers['content-type']?.startsWith('text/html');
  if (one.door === 'service' && code === 'not_found' && isPage) return faults;
  const text = body.toString();
  const problem = String(sent.headers.accept ?? '').includes('application/problem+json');
  const members = problem ? 'type,title,status,detail,code' : 'valid,error';
  try {
    const read = JSON.parse(text) as Record<string, unknown>;
    if (Object.keys(read).join() !== members) faults.push(`an error of ${Object.keys(read)}`);
  } catch {
    faults.push('an error that is no JSON');
  }
  const [inside] = INSIDE.exec(text) ?? [];
  if (inside) faults.push(`tells "${inside}"`);
  // At the console an error may name what its own sender has typed, such as a column of a file.
  const quotes = text.includes(MARK) || text.includes('zcanary');
  if (quotes && one.door !== 'operator') faults.push('quotes a text');
  return faults;
}
