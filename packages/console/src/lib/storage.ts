/** What this browser remembers. Storage may be forbidden or full: then it remembers nothing. */
export function remembered(name: string): string | undefined {
  try {
    return localStorage.getItem(`relais.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(name: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(`relais.${name}`);
    else localStorage.setItem(`relais.${name}`, value);
  } catch {
    // The choice then holds until the page is left.
  }
}
