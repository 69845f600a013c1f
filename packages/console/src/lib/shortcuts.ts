/** What a key adds to the keys that were pressed just before. */
export interface Pressed {
  /** The shortcut that is complete. */
  readonly match: string | undefined;
  /** What waits for another key: `g` when there is a `g c`. */
  readonly pending: string;
}

/** Reads one key after those that wait, for shortcuts such as `/`, `?` and `g c`. */
export function press(pending: string, key: string, known: readonly string[]): Pressed {
  for (const keys of pending ? [`${pending} ${key}`, key] : [key]) {
    if (known.includes(keys)) return { match: keys, pending: '' };
    if (known.some((shortcut) => shortcut.startsWith(`${keys} `))) {
      return { match: undefined, pending: keys };
    }
  }
  return { match: undefined, pending: '' };
}
