import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Caller, Report } from './callersProcess.ts';
import type { HttpRequest, Load } from './load.ts';

interface Answer {
  readonly status: number;
  readonly retryAfter: number | undefined;
  readonly body: Buffer;
}

/** Connections that are kept, one for each call. */
export function openHttp(load: Load & { over: 'http' }): Caller[] {
  const { url, calls } = load;
  const mark = Buffer.from(load.mark);
  return calls.map(({ first, acknowledge }) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    /** Sends until it is served; undefined when it is refused. */
    const serve = async (asked: HttpRequest, report: Report): Promise<Buffer | undefined> => {
      for (;;) {
        const answer = await send(agent, url, asked).catch((error: Error) => {
          report.failed += 1;
          report.failure ??= error.message;
        });
        if (!answer) return undefined;
        const { status, retryAfter, body } = answer;
        if (status >= 200 && status < 300) return body;
        if (status !== 503 || retryAfter === undefined) {
          report.failed += 1;
          report.failure ??= `${status} ${body.toString('utf8', 0, 300)}`;
          return undefined;
        }
        report.shed += 1;
        await delay(retryAfter * 1000);
      }
    };
    return {
      async call(report) {
        const body = await serve(first, report);
        if (!body) return undefined;
        const ids = acknowledge || report.drain ? idsOf(body) : [];
        if (acknowledge && ids.length) {
          const { data, ...rest } = acknowledge;
          const done = await serve({ ...rest, body: JSON.stringify({ keys: ids, data }) }, report);
          if (!done) return undefined;
        }
        return { contacts: count(body, mark), ids: report.drain ? ids : [] };
      },
      close: async () => agent.destroy(),
    };
  });
}

/** Counts the contacts of an answer without parsing it: clients of a benchmark are cheap. */
function count(body: Buffer, mark: Buffer): number {
  let found = 0;
  for (let at = body.indexOf(mark); at !== -1; at = body.indexOf(mark, at + 1)) found += 1;
  return found;
}

/** The actions in an answer, whatever it wraps them in. */
function idsOf(body: Buffer): number[] {
  const ids: number[] = [];
  const look = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const one of value) ids.push(Number(one.action_id ?? one.id));
    } else if (typeof value === 'object' && value !== null) {
      Object.values(value).forEach(look);
    }
  };
  look(JSON.parse(body.toString('utf8')));
  return ids;
}

/** Sends a request; again when the kept connection had been closed before it arrived. */
function send(agent: Agent, url: string, asked: HttpRequest): Promise<Answer> {
  const { method, path, headers, body } = asked;
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  return new Promise<Answer>((resolve, reject) => {
    let answered = false;
    const sent = request(
      `${url}${path}`,
      { agent, method, headers: { ...headers, ...length } },
      (response) => {
        answered = true;
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const after = response.headers['retry-after'];
          resolve({
            status: response.statusCode ?? 0,
            retryAfter: after === undefined ? undefined : Number(after),
            body: Buffer.concat(chunks),
          });
        });
      },
    );
    sent.on('error', (error: NodeJS.ErrnoException) => {
      const closedBefore = sent.reusedSocket && error.code === 'ECONNRESET' && !answered;
      if (closedBefore) resolve(send(agent, url, asked));
      else reject(error);
    });
    sent.end(body);
  });
}
