import { type Served, startServing } from './children.ts';
import type { HttpCall } from './load.ts';

/** A bare HTTP server that gives answers that it was given. */
export interface Floor extends Served {
  /** Has a copy of what a server answers to a call; gives the call that brings it. */
  copy(url: string, call: HttpCall): Promise<HttpCall>;
}

/** Headers that every server makes for itself. */
const OWN = new Set(['connection', 'keep-alive', 'date', 'transfer-encoding']);

export async function openFloor(cleanup: AsyncDisposableStack): Promise<Floor> {
  const served = await startServing('floorProcess.ts', {}, cleanup);
  let number = 0;
  return {
    ...served,
    async copy(url, { first }) {
      const { method, path, headers, body } = first;
      const answer = await fetch(`${url}${path}`, { method, headers, ...(body && { body }) });
      if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
      number += 1;
      served.child.send({
        path: `/${number}`,
        headers: [...answer.headers].filter(([name]) => !OWN.has(name)),
        body: Buffer.from(await answer.arrayBuffer()).toString('base64'),
      });
      return { first: { ...first, path: `/${number}` } };
    },
  };
}
