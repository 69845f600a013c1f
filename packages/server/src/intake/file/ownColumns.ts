import { fold } from '../fields.ts';

/**
 * The columns that a file of ours has in front: which lead a row is, why it waits as codes and in
 * French, what to try.
 */
export const ownTitles = [
  'relais_lead',
  'relais_reason',
  'relais_meaning',
  'relais_suggestion',
] as const;

export type OwnTitle = (typeof ownTitles)[number];

const folded = new Map(ownTitles.map((own) => [fold(own), own]));

/** Which of our columns a title is, however it is written. */
export const ownTitleOf = (title: string): OwnTitle | undefined => folded.get(fold(title));

export const isOwnTitle = (title: string): boolean => ownTitleOf(title) !== undefined;
