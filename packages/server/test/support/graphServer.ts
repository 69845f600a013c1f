import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A lead as Meta keeps it: the members of the Graph API's answer. */
export interface RecordedLead {
  readonly id: string;
  readonly created_time: string;
  readonly form_id: string;
  readonly field_data: readonly { name: string; values: readonly string[] }[];
  readonly [member: string]: unknown;
}

/** A way in which a request goes wrong: refused, broken, or with paging that leads nowhere. */
export type Misbehaviour =
  | keyof typeof refusals
  | keyof typeof breakages
  | 'next without a cursor'
  | 'the same cursor';

/** A request as it arrived. */
export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
}

/** A local server that speaks the Graph API's format, for one app and one access. */
export interface GraphServer {
  /** With the version. */
  readonly url: string;
  readonly appSecret: string;
  readonly accessToken: string;
  readonly asked: readonly Asked[];
  /** How often the addresses were called that an answer gave. */
  readonly trapped: () => number;
  /** Keeps a lead, or keeps it anew. */
  keep(...leads: readonly RecordedLead[]): void;
  /** Lets the next requests go wrong, `times` of them; only those for `id`, when it is given. */
  misbehave(how: Misbehaviour, options?: { times?: number; id?: string }): void;
  behave(): void;
  close(): Promise<void>;
}

const APP_SECRET = 'a-local-app-secret';
const ACCESS_TOKEN = 'EAAlocalToken';

/** An answer of five mebibytes and one. */
const HUGE = 5 * 1024 * 1024 + 1;

/** Starts one on a free port. A page holds `page` leads, unless fewer are asked for. */
export async function startGraphServer({ page = 25 } = {}): Promise<GraphServer> {
  const kept = new Map<string, RecordedLead>();
  const asked: Asked[] = [];
  let wrongs: { how: Misbehaviour; times: number; id: string | undefined }[] = [];
  let trapped = 0;
  const proof = createHmac('sha256', APP_SECRET).update(ACCESS_TOKEN).digest('hex');

  const wrongOf = (path: string): Misbehaviour | undefined => {
    const wrong = wrongs.find(({ times, id }) => times > 0 && (!id || path.split('/')[2] === id));
    if (wrong) wrong.times -= 1;
    return wrong?.how;
  };

  /** The answer to a request that nothing goes wrong with, or only its paging. */
  const answerTo = ({ path, query, authorization }: Asked, wrong?: Misbehaviour): Answer => {
    if (authorization !== `Bearer ${ACCESS_TOKEN}`) {
      return refusal(400, { type: 'OAuthException', code: 190 });
    }
    if (query.get('appsecret_proof') !== proof) {
      return refusal(400, { type: 'GraphMethodException', code: 100 });
    }
    const [, version, id = '', edge] = path.split('/');
    const lead = kept.get(id);
    if (version === 'v25.0' && edge === 'leads') {
      const leads = [...kept.values()].filter((own) => own.form_id === id);
      return { status: 200, body: pageOf(leads, query, page, url, wrong) };
    }
    if (version !== 'v25.0' || edge !== undefined || !lead) return refusals.gone;
    return { status: 200, body: pick(lead, query) };
  };

  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '', url);
    if (path.startsWith('/trap')) {
      trapped += 1;
      response.end('{"data":[]}');
      return;
    }
    const call = { path, query, authorization: request.headers.authorization };
    asked.push(call);
    const wrong = wrongOf(path);
    if (isBroken(wrong)) breakages[wrong](response, url);
    else send(response, isRefused(wrong) ? refusals[wrong] : answerTo(call, wrong));
  };

  const server = createServer(serve).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${url}/v25.0`,
    appSecret: APP_SECRET,
    accessToken: ACCESS_TOKEN,
    asked,
    trapped: () => trapped,
    keep(...leads) {
      for (const lead of leads) kept.set(lead.id, lead);
    },
    misbehave(how, { times = Number.POSITIVE_INFINITY, id } = {}) {
      wrongs.push({ how, times, id });
    },
    behave() {
      wrongs = [];
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...headers });
  response.end(JSON.stringify(body));
}

const refusal = (status: number, error: object, headers = {}): Answer => ({
  status,
  headers,
  body: { error: { message: 'It may quote jean@email.com', ...error, fbtrace_id: 'EJplcsCHuLu' } },
});

const usage = { type: 'leadgen', call_count: 100, estimated_time_to_regain_access: 19 };

/** What Meta refuses with, as recorded. */
const refusals = {
  denied: refusal(400, { type: 'OAuthException', code: 190, error_subcode: 463 }),
  gone: refusal(400, { type: 'GraphMethodException', code: 100, error_subcode: 33 }),
  limited: refusal(
    403,
    { type: 'OAuthException', code: 4 },
    { 'x-business-use-case-usage': JSON.stringify({ '66782684': [usage] }) },
  ),
  error: refusal(500, { type: 'OAuthException', code: 2, is_transient: true }),
};

/** What goes wrong below the Graph API. */
const breakages = {
  garbage: (response: ServerResponse) => void response.end('<html>Sorry, something went wrong.'),
  // Never answered.
  silent: () => {},
  cut: (response: ServerResponse) => {
    response.writeHead(200, { 'content-length': 1000 });
    response.write('{"id":', () => response.destroy());
  },
  redirect: (response: ServerResponse, url: string) =>
    void response.writeHead(302, { location: `${url}/trap` }).end(),
  huge: (response: ServerResponse) =>
    void response.end(`{"data":[],"padding":"${'x'.repeat(HUGE)}"}`),
};

const isRefused = (how: Misbehaviour | undefined): how is keyof typeof refusals =>
  how !== undefined && how in refusals;
const isBroken = (how: Misbehaviour | undefined): how is keyof typeof breakages =>
  how !== undefined && how in breakages;

/** Only what is asked for is given. */
const pick = (lead: RecordedLead, query: URLSearchParams): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(lead).filter(
      ([name]) => name === 'id' || query.get('fields')?.split(',').includes(name),
    ),
  );

/** A page, newest first. `after` is the cursor of its last lead, which is there without a next page too. */
function pageOf(
  leads: readonly RecordedLead[],
  query: URLSearchParams,
  most: number,
  url: string,
  wrong: Misbehaviour | undefined,
): Record<string, unknown> {
  const since = sinceOf(query.get('filtering'));
  const sorted = leads
    .filter((lead) => timeOf(lead) > since)
    .sort((a, b) => timeOf(b) - timeOf(a) || b.id.localeCompare(a.id));
  const cursor = query.get('after');
  const start = cursor ? sorted.findIndex(({ id }) => cursorOf(id) === cursor) + 1 : 0;
  const size = Math.min(most, Number(query.get('limit') ?? most));
  const data = sorted.slice(start, start + size);
  const more = start + size < sorted.length || wrong !== undefined;
  const [first, last] = [data[0], data.at(-1)];
  if (!first || !last) return { data: [] };
  const after = wrong === 'the same cursor' ? 'QVFI' : cursorOf(last.id);
  return {
    data: data.map((lead) => pick(lead, query)),
    paging: {
      ...(wrong === 'next without a cursor'
        ? {}
        : { cursors: { before: cursorOf(first.id), after } }),
      ...(more ? { next: `${url}/trap/next?access_token=${ACCESS_TOKEN}&after=${after}` } : {}),
    },
  };
}

const cursorOf = (id: string): string => Buffer.from(id).toString('base64');

const timeOf = (lead: RecordedLead): number =>
  Math.floor(Date.parse(lead.created_time.replace(/\+0000$/, 'Z')) / 1000);

/** A filter that is not written as Meta wants it is ignored, as Meta does. */
function sinceOf(filtering: string | null): number {
  const [filter] = JSON.parse(filtering ?? '[]') as { [name: string]: unknown }[];
  return filter?.field === 'time_created' && filter.operator === 'GREATER_THAN'
    ? Number(filter.value)
    : Number.NEGATIVE_INFINITY;
}
