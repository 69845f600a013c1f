/** What is asked for with nothing left out. */
export type Whole<Asked> = {
  readonly [Name in keyof Asked]-?: Exclude<Asked[Name], undefined>;
};
