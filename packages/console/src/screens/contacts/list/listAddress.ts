let kept = '';

/** Keeps the filters of the list as it was left, for the way back from a person. */
export function keepListAddress(search: string): void {
  kept = search;
}

export const listAddress = (): string => `/contacts${kept}`;
