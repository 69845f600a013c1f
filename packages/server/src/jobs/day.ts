/** The day of a time in Paris, for the name of a file: `2026-11-23`. */
export const dayOf = (time: Date): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(time);
