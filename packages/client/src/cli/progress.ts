import type { Attempt } from '../options.ts';
import type { Pull } from '../types.ts';
import type { Left } from './journal.ts';
import type { Given } from './options.ts';
import type { Target } from './outputs/index.ts';
import { print } from './outputs/stdout.ts';

export interface Progress {
  pulled(pull: Pull): void;
  /** Contacts of an earlier run wait for another address. */
  left(left: Left): void;
  /** A server that is away is waited for. */
  waiting(reason: string): void;
  /** Leaves the line of progress as it is. */
  stop(): void;
  /** Says what was done in all. */
  end(): Promise<void>;
}

/** Whether a person looks on, at a terminal that can write over a line. */
const isLive = ({ quiet }: Given): boolean =>
  process.stderr.isTTY === true && !quiet && process.env.TERM !== 'dumb';

/** Milliseconds: who waits longer is told why. */
const LONG = 5_000;

/** Tells a terminal why nothing happens for a while. */
export function tellWait(given: Given, { error, retryIn = 0 }: Attempt): void {
  if (!error || retryIn < LONG || !isLive(given)) return;
  const seconds = Math.round(retryIn / 1000);
  process.stderr.write(`\r\u001b[2K${error.message} It tries again in ${seconds} seconds.\n`);
}

/** Said whatever was asked for: nobody else tells of contacts that were pulled and do not come. */
const withheldOf = (count: number, pull: string | undefined): string =>
  `${count} ${count === 1 ? 'contact' : 'contacts'} of the pull ${pull} did not come: the key may no longer see the region, or the person was erased. Ask the agency.`;

/** Tells a terminal how far it is, on standard error; a pipe hears nothing but the last word. */
export function progressOf(target: Target, given: Given): Progress {
  const { stderr } = process;
  const live = isLive(given);
  let contacts = 0;
  let pulls = 0;
  let shown = false;
  const line = (text: string) => {
    if (!live) return;
    stderr.write(`\r\u001b[2K${text}`);
    shown = true;
  };
  const say = (sentence: string) => {
    stderr.write(`${shown ? '\n' : ''}relais-client: ${sentence}\n`);
    shown = false;
  };
  const stop = () => {
    if (shown) stderr.write('\n');
    shown = false;
  };
  return {
    pulled({ id, contacts: { length }, remaining, withheld }) {
      if (withheld > 0) say(withheldOf(withheld, id));
      contacts += length;
      if (length > 0) pulls += 1;
      const rest =
        remaining === undefined
          ? ''
          : `, ${remaining}${remaining >= 1000 ? ' or more' : ''} still ready`;
      line(`${contacts} contacts${rest}`);
    },
    left({ path, entry }) {
      const { host } = new URL(entry.output);
      say(
        `An earlier run left a pull for ${host} unfinished (${path}), whose contacts come nowhere else: run it again with that --out, or with --moved and the address that they shall go to.`,
      );
    },
    waiting(reason) {
      if (!given.quiet) say(`${reason} It tries again.`);
    },
    stop,
    async end() {
      const { output } = target;
      if (given.json && output !== '-') {
        return print(`${JSON.stringify({ contacts, pulls, output })}\n`);
      }
      if (!live) return;
      line(
        contacts === 0
          ? 'Nothing was ready.'
          : `${contacts} contacts in ${output === '-' ? 'all' : output}`,
      );
      stop();
    },
  };
}
