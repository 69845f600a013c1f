import { columnUses } from '@relais/contract';

export type ColumnUse = (typeof columnUses)[number];

/** What somebody says that a column is. */
export interface Choice {
  readonly title: string;
  readonly use: ColumnUse;
}

/** Choices as texts of an address: `telephone:Tél bureau`. */
export const choiceTexts = (choices: readonly Choice[]): string[] =>
  choices.map(({ title, use }) => `${use}:${title}`);

/** The choices of an address; what is none is left out. */
export const choicesOf = (texts: readonly string[]): Choice[] =>
  texts.flatMap((text) => {
    const at = text.indexOf(':');
    const use = columnUses.find((one) => one === text.slice(0, at));
    return use ? [{ title: text.slice(at + 1), use }] : [];
  });

/** The choices with another one, which replaces that of the same title. */
export const withChoice = (choices: readonly Choice[], choice: Choice): Choice[] => [
  ...choices.filter(({ title }) => title !== choice.title),
  choice,
];
