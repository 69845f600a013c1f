import { InvalidArgumentError } from 'commander';

const MOST_CHARACTERS = 500;

/** Why something is done, for the record, as the console asks for it. */
export function parseReason(given: string): string {
  const reason = given.trim().normalize('NFC');
  if (reason !== '' && reason.length <= MOST_CHARACTERS) return reason;
  throw new InvalidArgumentError(`Give 1 to ${MOST_CHARACTERS} characters.`);
}
