import { readRetryAfter, wait } from '../retry.ts';
import type { Answer, Probe } from './check.ts';

const TIMEOUT = 30_000;
/** How often a server may ask to come later, and for how many seconds: it is none of its faults. */
const MOST_WAITS = 2;
const LONGEST_WAIT = 120;

/** Sends to the address of an API as a client would that was written from the page alone. */
export const openProbe = (url: string, key: string): Probe => ({
  key,
  async send(body, headers = {}) {
    const given = { 'x-api-key': key, 'content-type': 'application/json', ...headers };
    for (let waits = 0; ; waits += 1) {
      const response = await fetch(url, {
        method: 'POST',
        // An empty header stands for none.
        headers: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')),
        body: typeof body === 'string' ? body : JSON.stringify(body),
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT),
      });
      const { status, headers: received } = response;
      const text = await response.text();
      const seconds = readRetryAfter(received.get('retry-after'), Date.now()) ?? LONGEST_WAIT + 1;
      if (status !== 429 || seconds > LONGEST_WAIT || waits === MOST_WAITS) {
        return answerOf(status, received.get('content-type') ?? '', text);
      }
      process.stderr.write(`relais-conformance: the server asks to wait for ${seconds} seconds.\n`);
      await wait(seconds * 1000, undefined);
    }
  },
});

function answerOf(status: number, type: string, text: string): Answer {
  try {
    return { status, type, text, json: JSON.parse(text) };
  } catch {
    return { status, type, text, json: undefined };
  }
}
