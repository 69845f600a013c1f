import { createHmac } from 'node:crypto';
import { failureOf, GraphError } from './graphError.ts';
import { type GraphLead, leadFields, readGraphLead } from './graphLead.ts';
import { idOf, jsonOf, listOf, objectOf } from './json.ts';

/** Milliseconds. */
const TIMEOUT = 10_000;
const MOST_BYTES = 5 * 1024 * 1024;
/** Leads a page. */
const PAGE = '100';

export interface GraphOptions {
  /** With the version and no slash at its end: `https://graph.facebook.com/v25.0`. */
  readonly url: string;
  readonly appSecret: string;
  readonly accessToken: string;
  readonly fetch?: typeof globalThis.fetch;
  /** Ends what is under way. */
  readonly signal?: AbortSignal;
  /** Milliseconds until an answer must be there whole. */
  readonly timeout?: number;
}

/** The part of Meta's Graph API that hands out leads. Every failure is a GraphError. */
export interface Graph {
  /** The lead of a notice. */
  lead(leadgenId: string): Promise<GraphLead>;
  /**
   * A page of the leads of a form, newest first, made after `since`. `after` asks for the next
   * page; there is none when it comes back undefined. A page may be empty and not be the last.
   */
  leads(
    formId: string,
    options: { since?: Date | undefined; after?: string | undefined },
  ): Promise<{ leads: readonly GraphLead[]; after: string | undefined }>;
}

/**
 * Speaks to the Graph API with one access. The token goes into a header, never into an address,
 * where it would be logged. With it goes `appsecret_proof`, the hex HMAC-SHA256 of the token by the
 * app secret: a token alone is then worth nothing
 * (developers.facebook.com/docs/graph-api/guides/secure-requests). No redirect is followed, and no
 * address that an answer gives.
 */
export function createGraph(options: GraphOptions): Graph {
  const { url, appSecret, accessToken, signal, timeout = TIMEOUT } = options;
  const request = options.fetch ?? globalThis.fetch;
  const proof = createHmac('sha256', appSecret).update(accessToken).digest('hex');

  async function get(path: string, parameters: Record<string, string>): Promise<unknown> {
    const query = new URLSearchParams({
      fields: leadFields.join(','),
      ...parameters,
      appsecret_proof: proof,
    });
    const limit = AbortSignal.timeout(timeout);
    let response: Response;
    let text: string;
    try {
      response = await request(`${url}/${path}?${query}`, {
        headers: { accept: 'application/json', authorization: `Bearer ${accessToken}` },
        redirect: 'error',
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      });
      text = await readText(response);
    } catch {
      // The cause is not kept: it can quote the address.
      throw new GraphError('passing');
    }
    const body = jsonOf(text);
    const failure = failureOf(response.status, response.headers, body);
    if (failure) throw failure;
    return body;
  }

  return {
    async lead(leadgenId) {
      const lead = readGraphLead(await get(checked(leadgenId), {}));
      // Another lead than the one asked for would leave the notice open for ever.
      if (lead?.id !== leadgenId) throw new GraphError('passing');
      return lead;
    },

    async leads(formId, { since, after }) {
      const page = objectOf(
        await get(`${checked(formId)}/leads`, {
          limit: PAGE,
          ...(since ? { filtering: madeAfter(since) } : {}),
          ...(after ? { after } : {}),
        }),
      );
      if (!Array.isArray(page?.data)) throw new GraphError('passing');
      const leads = listOf(page.data).map(readGraphLead);
      if (!leads.every((lead) => lead !== undefined)) throw new GraphError('passing');
      return { leads, after: nextCursor(page.paging) };
    },
  };
}

/** An id that may get into a path. */
function checked(id: string): string {
  if (idOf(id) !== id) throw new GraphError('gone');
  return id;
}

/**
 * Only `time_created` in unix seconds is heeded, anything else is ignored without a word:
 * github.com/facebook/facebook-ruby-business-sdk/issues/60.
 */
const madeAfter = (since: Date): string =>
  JSON.stringify([
    {
      field: 'time_created',
      operator: 'GREATER_THAN',
      value: Math.floor(since.getTime() / 1000),
    },
  ]);

/**
 * There is a next page exactly when `next` is given; the cursors are there on the last page too.
 * `next` itself is an address chosen by the answer, and is not followed. A `next` without a cursor
 * is a failure, never an end: what comes after it would be passed over.
 * Source: developers.facebook.com/docs/graph-api/results, "Cursor-based Pagination".
 */
function nextCursor(value: unknown): string | undefined {
  const paging = objectOf(value);
  if (paging?.next === undefined || paging.next === null) return undefined;
  const after = objectOf(paging.cursors)?.after;
  if (typeof after !== 'string' || after === '') throw new GraphError('passing');
  return after;
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new GraphError('passing');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
