import { z } from 'zod';
import { type ClientOperationName, clientOperations } from '../client/index.ts';
import { id, ids, instant } from './parameters.ts';

const names = Object.keys(clientOperations) as [ClientOperationName, ...ClientOperationName[]];
const operationRule = `must hold names among ${names.join(', ')}`;
const rangeRule = 'must hold addresses or ranges such as 203.0.113.7 or 10.0.0.0/8';
const listRule = 'must be a list of 1 to 100 entries, or null';

/** What a key is mapped to. */
export const keyMapping = {
  regionIds: ids()
    .nullable()
    .describe('The regions that it sees; null: all, those of the future included.'),
  readyStatutId: id().describe(
    'The statut from which it pulls: none in which contacts stand, or come, that another client has received.',
  ),
  pulledStatutId: id().describe(
    'The statut that its pulls set: another one, and none from which a key of another client pulls.',
  ),
  operations: z
    .array(z.enum(names, operationRule), listRule)
    .min(1, listRule)
    .transform((given) => [...new Set(given)])
    .nullable()
    .describe('The operations that it may use; null: all.'),
  ipRanges: z
    .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], rangeRule), listRule)
    .min(1, listRule)
    .max(100, listRule)
    .nullable()
    .describe('The addresses that it may be used from, in CIDR notation; null: any.'),
  expiresAt: instant().nullable().describe('When it ends by itself; null: never.'),
};
