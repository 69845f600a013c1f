import { operatorOperations } from '@relais/contract';
import { InvalidArgumentError } from 'commander';

/** Reasons follow one rule wherever they are given. */
const { reason } = operatorOperations.changeStatut.request.shape;

/** Why something is done, for the record, as the console asks for it. */
export function parseReason(given: string): string {
  const read = reason.safeParse(given);
  if (read.success) return read.data;
  throw new InvalidArgumentError('Give 1 to 500 characters.');
}
