import { clientOperations } from '@relais/contract';

/** What a reader replaces by a key of their own. */
export const KEY_PLACEHOLDER = 'YOUR_API_KEY';

/** A curl line of the page. */
export interface CurlExample {
  readonly operation: string;
  readonly command: string;
}

/** The curl lines of the page, one per operation: ready to be pasted, but for the key. */
export function curlExamples({ baseUrl }: { baseUrl: string }): CurlExample[] {
  return Object.values(clientOperations).map(({ name, request, example }) => {
    const body = JSON.stringify({ operation: name, ...example.request });
    const lines = [
      `curl -s ${baseUrl}/api/v1`,
      `-H 'x-api-key: ${KEY_PLACEHOLDER}'`,
      ...('idempotencyKey' in request.shape
        ? ["-H 'Idempotency-Key: import-2026-11-23-0900'"]
        : []),
      `-d '${body}'`,
    ];
    return { operation: name, command: lines.join(' \\\n  ') };
  });
}
