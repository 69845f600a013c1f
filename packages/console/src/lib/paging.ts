/** The parameter of an address that holds the cursor of the page that is shown. */
export const PAGE_PARAM = 'cursor';
export const PAGE_SIZES = [25, 50, 100, 200] as const;
export const USUAL_PAGE_SIZE = 50;

/** The cursors of the pages before the one that is shown; the first page has none. */
export type Trail = readonly (string | null)[];

/** The trail that a history entry holds; none when the page was opened from a link. */
export function trailOf(state: unknown): Trail {
  if (typeof state !== 'object' || state === null || !('trail' in state)) return [];
  const { trail } = state;
  return Array.isArray(trail) && trail.every((item) => item === null || typeof item === 'string')
    ? trail
    : [];
}

/** A page size that was remembered. */
export function pageSizeOf(text: string | undefined): number {
  return PAGE_SIZES.find((size) => String(size) === text) ?? USUAL_PAGE_SIZE;
}
