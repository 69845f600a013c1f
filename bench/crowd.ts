import { Agent, request } from 'node:http';
import { startAnswering } from './children.ts';

/** Callers who send the same request again and again, also after a refusal: one for each connection. */
export interface Crowd {
  readonly url: string;
  readonly keys: readonly string[];
  readonly body: string;
  readonly connections: number;
  readonly seconds: number;
}

/** What a crowd came to. */
export interface Outcome {
  /** Of the accepted answers, milliseconds, in order. */
  readonly latencies: readonly number[];
  /** Refusals with 503 and Retry-After. */
  readonly shed: number;
  /** Answers that were neither, and connections that broke. */
  readonly failed: number;
}

/** Makes the calls of a crowd in this process. */
export async function callAsCrowd(crowd: Crowd): Promise<Outcome> {
  const { url, keys, body, connections, seconds } = crowd;
  const latencies: number[] = [];
  let shed = 0;
  let failed = 0;
  const end = performance.now() + seconds * 1000;
  const caller = async (index: number) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const key = keys[index % keys.length] ?? '';
    while (performance.now() < end) {
      const start = performance.now();
      const { status, retryAfter } = await send(agent, url, key, body);
      if (status === 200) latencies.push(performance.now() - start);
      else if (status === 503 && retryAfter) shed += 1;
      else failed += 1;
    }
    agent.destroy();
  };
  await Promise.all(Array.from({ length: connections }, (_, index) => caller(index)));
  return { latencies: latencies.sort((left, right) => left - right), shed, failed };
}

function send(agent: Agent, url: string, key: string, body: string) {
  return new Promise<{ status: number; retryAfter: string | undefined }>((resolve) => {
    const broken = () => resolve({ status: 0, retryAfter: undefined });
    const sent = request(
      `${url}/api/v1`,
      {
        agent,
        method: 'POST',
        headers: { 'x-api-key': key, 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        response.resume();
        response.on('error', broken);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            retryAfter: response.headers['retry-after'],
          }),
        );
      },
    );
    sent.on('error', broken);
    sent.end(body);
  });
}

/**
 * A process for a crowd: hundreds of callers in one process wait for one another, and measure that.
 */
export const openCrowd = (cleanup: AsyncDisposableStack): ((crowd: Crowd) => Promise<Outcome>) =>
  startAnswering<Crowd, Outcome>('crowdProcess.ts', cleanup).ask;
