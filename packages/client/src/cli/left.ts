import { type Left, leftIn, openJournal } from './journal.ts';
import { isAddress } from './outputs/index.ts';
import { finishPending, type PullJob } from './pull.ts';

/** What runs to other addresses, with this key, left unfinished: each in a journal of the folder. */
export async function leftOf({ key, rotated, target }: PullJob, folder: string): Promise<Left[]> {
  return (await leftIn(folder)).filter(
    ({ entry }) =>
      isAddress(entry.output) && entry.output !== target.output && (rotated || entry.key === key),
  );
}

/** Finishes it at the address of the target; gives how many contacts it was. */
export async function finishLeft(job: PullJob, folder: string): Promise<number> {
  let count = 0;
  for (const { path } of await leftOf(job, folder)) {
    const journal = await openJournal(path);
    try {
      count += await finishPending({ ...job, journal });
    } finally {
      await journal.close();
    }
  }
  return count;
}
