import type { ClientOperationName } from '@relais/contract';
import type { Handler } from '../operation.ts';
import { getProgrammes } from './getProgrammes.ts';
import { getPullBatch } from './getPullBatch.ts';
import { getPulledContacts } from './getPulledContacts.ts';
import { getRegions } from './getRegions.ts';
import { pullContacts } from './pullContacts.ts';
import { readContacts } from './readContacts.ts';
import { releasePull } from './releasePull.ts';
import { resetSandbox } from './resetSandbox.ts';

/** The code of each operation of the contract. */
export const clientHandlers: { readonly [Name in ClientOperationName]: Handler<Name> } = {
  getRegions,
  getProgrammes,
  readContacts,
  pullContacts,
  getPulledContacts,
  getPullBatch,
  releasePull,
  resetSandbox,
};
