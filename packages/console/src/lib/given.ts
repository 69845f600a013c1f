type Given<Parameters> = { [Name in keyof Parameters]?: Exclude<Parameters[Name], undefined> };

/** Filters without those that are empty: an operation takes no empty text and no empty list. */
export function given<const Parameters extends object>(parameters: Parameters): Given<Parameters> {
  const isGiven = (value: unknown) =>
    value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(
    Object.entries(parameters).filter(([, value]) => isGiven(value)),
  ) as Given<Parameters>;
}
