import { linesOf } from './lines.ts';
import type { Format, Output } from './output.ts';

/** Standard output. What was written and not confirmed by the journal is written again. */
export function standardOutput(format: Format): Output {
  let first = true;
  return {
    mark: async () => 0,
    async write(contacts) {
      const text = linesOf(contacts, format, first);
      first = false;
      await print(text);
    },
  };
}

/** Resolves when the reader's end has taken the text. */
export const print = (text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
