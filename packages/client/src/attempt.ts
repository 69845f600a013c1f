import { ConnectionError, InvalidAnswerError, TimeoutError } from './errors.ts';
import { errorOf, networkReason } from './failures.ts';
import { readRetryAfter } from './retry.ts';

/** One request, ready to be sent any number of times. */
export interface Sendable {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer of success, whole. */
export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly data: unknown;
}

interface AttemptOptions {
  readonly fetch: typeof fetch;
  /** Milliseconds for the whole answer. */
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
}

/** Sends a request once and reads its answer to the end; fails with a RelaisError, or as aborted. */
export async function attempt(request: Sendable, options: AttemptOptions): Promise<Received> {
  const { response, bytes } = await exchange(request, options);
  const { status, headers } = response;
  const requestId = headers.get('request-id') ?? undefined;
  const text = await textOf(bytes, headers.get('content-digest'), { status, requestId });
  const data = parse(text);
  if (status === 200) {
    // Without its text: contacts do not belong into a log.
    if (data === undefined) {
      throw new InvalidAnswerError('The answer is no JSON.', { status, requestId });
    }
    return { status, headers, data };
  }
  const code = headers.get('error-code') ?? undefined;
  const said = code === 'not_found' ? undefined : sentenceOf(data);
  throw errorOf(said ?? sentenceOfStatus(response, request.url), {
    status,
    requestId,
    raw: text.slice(0, 2000),
    code,
    retryAfter: readRetryAfter(headers.get('retry-after'), Date.now()),
  });
}

async function exchange(
  { url, ...request }: Sendable,
  { fetch, timeout, signal }: AttemptOptions,
): Promise<{ response: Response; bytes: ArrayBuffer }> {
  const late = AbortSignal.timeout(timeout);
  try {
    const response = await fetch(url, {
      method: 'POST',
      ...request,
      // A redirect would turn the POST into a GET, or carry the key to another server.
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, late]) : late,
    });
    return { response, bytes: await response.arrayBuffer() };
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    if (late.aborted) throw new TimeoutError(`No whole answer within ${timeout} ms.`, { cause });
    throw new ConnectionError(`No answer from ${new URL(url).host}: ${networkReason(cause)}.`, {
      cause,
    });
  }
}

/**
 * The text of an answer. Its Content-Digest (RFC 9530), where there is one and the runtime can
 * check it, shows that no byte was altered on the way.
 */
async function textOf(
  bytes: ArrayBuffer,
  digest: string | null,
  known: { status: number; requestId: string | undefined },
): Promise<string> {
  const wanted = /(?:^|,\s*)sha-256=:([^:]*):/.exec(digest ?? '')?.[1];
  if (wanted !== undefined && globalThis.crypto?.subtle) {
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    if (btoa(String.fromCharCode(...hash)) !== wanted) {
      throw new InvalidAnswerError('The answer was altered on the way.', known);
    }
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new InvalidAnswerError('The answer is not UTF-8.', { ...known, cause });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is said of an answer that is no error of this API, or of one that says where it is not. */
function sentenceOfStatus({ status, headers }: Response, url: string): string {
  const location = headers.get('location');
  if (status >= 300 && status < 400 && location) {
    return `The API is not at ${url}: the server leads to ${location} (status ${status}).`;
  }
  return status === 404
    ? `The API is not at ${url}.`
    : `The server answered with status ${status}.`;
}

/** The sentence of an error in the contract's shape. */
function sentenceOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('error' in data)) return undefined;
  return typeof data.error === 'string' ? data.error : undefined;
}
