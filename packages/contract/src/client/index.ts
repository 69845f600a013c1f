import { getProgrammes } from './getProgrammes.ts';
import { getPullBatch } from './getPullBatch.ts';
import { getPulledContacts } from './getPulledContacts.ts';
import { getRegions } from './getRegions.ts';
import { pullContacts } from './pullContacts.ts';
import { readContacts } from './readContacts.ts';
import { releasePull } from './releasePull.ts';
import { resetSandbox } from './resetSandbox.ts';

/** The operations of the Client API, `POST /api/v1`, in the order of the documentation. */
export const clientOperations = {
  getRegions,
  getProgrammes,
  readContacts,
  pullContacts,
  getPulledContacts,
  getPullBatch,
  releasePull,
  resetSandbox,
} as const;

export type ClientOperations = typeof clientOperations;
export type ClientOperationName = keyof ClientOperations;
