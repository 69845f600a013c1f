import { chosenDatabase } from './chosenDatabase.ts';

/** Where a file that a job has made can be downloaded. */
export const fileAddress = (fileId: string): string =>
  `/operator/v1/files/${encodeURIComponent(fileId)}${
    chosenDatabase === undefined ? '' : `?database=${encodeURIComponent(chosenDatabase)}`
  }`;
