import { Agent, request } from 'node:http';
import type { Worker } from './measure.ts';

const MARK = Buffer.from('"action_id":');

/** Counts the contacts of an answer without parsing it: clients of a benchmark are cheap. */
function countContacts(body: Buffer): number {
  let count = 0;
  for (let at = body.indexOf(MARK); at !== -1; at = body.indexOf(MARK, at + 1)) count += 1;
  return count;
}

/** Calls an operation of a running server over one connection that is kept. */
export function overHttp(
  url: string,
  key: string,
  body: object,
  cleanup: AsyncDisposableStack,
): Worker {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  cleanup.defer(() => agent.destroy());
  const payload = JSON.stringify(body);
  const options = {
    agent,
    method: 'POST',
    headers: {
      'x-api-key': key,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(payload),
    },
  };
  return () =>
    new Promise((resolve, reject) => {
      const sent = request(`${url}/api/v1`, options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const answer = Buffer.concat(chunks);
          if (response.statusCode === 200) resolve(countContacts(answer));
          else reject(new Error(`${response.statusCode} ${answer}`));
        });
      });
      sent.on('error', reject);
      sent.end(payload);
    });
}
