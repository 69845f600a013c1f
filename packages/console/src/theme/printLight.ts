const SCHEME = 'data-mantine-color-scheme';

/** Prints in the light theme: the pale text of the dark one is hard to read on white paper. */
export function printLight(): void {
  const root = document.documentElement;
  let shown: string | null = null;
  addEventListener('beforeprint', () => {
    shown = root.getAttribute(SCHEME);
    root.setAttribute(SCHEME, 'light');
  });
  addEventListener('afterprint', () => {
    if (shown !== null) root.setAttribute(SCHEME, shown);
  });
}
