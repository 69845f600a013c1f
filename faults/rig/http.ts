import { request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
}

/** How long anyone waits for an answer, milliseconds. */
const PATIENCE = 7_000;

/**
 * Posts a body on a connection of its own. Fails when there is no whole answer, for whatever
 * reason: then nobody knows whether the request was served. `abortAfter` hangs up, milliseconds.
 */
export function post(
  url: string,
  body: object,
  headers: Record<string, string>,
  abortAfter?: number,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const content = JSON.stringify(body);
    const sent = request(
      url,
      {
        method: 'POST',
        agent: false,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(content),
          ...headers,
        },
        signal: AbortSignal.timeout(abortAfter ?? PATIENCE),
      },
      (response) => {
        text(response).then(
          (read) =>
            response.complete
              ? resolve({
                  status: response.statusCode ?? 0,
                  headers: response.headers,
                  text: read,
                })
              : reject(new Error('cut')),
          reject,
        );
      },
    );
    sent.on('error', reject);
    sent.end(content);
  });
}
