import pc from 'picocolors';

/** How far a piece of work has come: in the unit of its total, and in what is counted. */
export interface Progress {
  update(done: number, records: number): void;
  end(): void;
}

const WIDTH = 30;
const TERMINAL_EVERY = 100;
const PLAIN_EVERY = 5_000;

/**
 * Shows progress on standard error: a bar on a terminal, a plain line every five seconds elsewhere,
 * nothing for work that is over sooner. `total` is unknown for a pipe; `counted` names what is
 * counted.
 */
export function showProgress(
  label: string,
  total: number | undefined,
  counted = 'records',
): Progress {
  const { isTTY } = process.stderr;
  const every = isTTY ? TERMINAL_EVERY : PLAIN_EVERY;
  let last = Date.now();
  return {
    update(done, records) {
      // What was read whole is still to be stored, which takes a while.
      const read = total !== undefined && done >= total;
      if (Date.now() - last < every && !(isTTY && read)) return;
      last = Date.now();
      const count = `${records.toLocaleString('en')} ${counted}${read ? ', storing …' : ''}`;
      if (!total)
        return void process.stderr.write(isTTY ? `\r${label} ${count}` : `${label} ${count}\n`);
      const share = Math.min(1, done / total);
      const percent = `${Math.floor(share * 100)}%`.padStart(4);
      const filled = Math.round(share * WIDTH);
      const bar = pc.green('█'.repeat(filled)) + pc.dim('░'.repeat(WIDTH - filled));
      process.stderr.write(
        isTTY ? `\r${label} ${bar}${percent}  ${count}` : `${label}${percent}, ${count}\n`,
      );
    },
    end() {
      // Clears the line of the bar.
      if (isTTY) process.stderr.write('\r\x1b[2K');
    },
  };
}
