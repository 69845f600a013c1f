import type { Answer, Probe } from './check.ts';

const TIMEOUT = 30_000;

/** Sends to the address of an API as a client would that was written from the page alone. */
export const openProbe = (url: string, key: string): Probe => ({
  key,
  async send(body, headers = {}) {
    const given = { 'x-api-key': key, 'content-type': 'application/json', ...headers };
    const response = await fetch(url, {
      method: 'POST',
      // An empty header stands for none.
      headers: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')),
      body: typeof body === 'string' ? body : JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    return answerOf(
      response.status,
      response.headers.get('content-type') ?? '',
      await response.text(),
    );
  },
});

function answerOf(status: number, type: string, text: string): Answer {
  try {
    return { status, type, text, json: JSON.parse(text) };
  } catch {
    return { status, type, text, json: undefined };
  }
}
