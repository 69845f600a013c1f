import { type RefObject, useLayoutEffect } from 'react';
import { useLocation } from 'react-router';

interface Place {
  readonly row: number;
  readonly top: number;
  readonly windowTop: number;
}

/** Where lists were left by one of their rows, by their address. */
const places = new Map<string, Place>();

/** Brings who comes back to a list to the row by which it was left, once its rows are there. */
export function usePlace(table: RefObject<HTMLTableElement | null>, isReady: boolean): void {
  const { pathname, search } = useLocation();
  const address = `${pathname}${search}`;
  useLayoutEffect(() => {
    const own = table.current;
    if (!own || !isReady) return;
    const rows = () => [...(own.tBodies[0]?.rows ?? [])];
    const place = places.get(address);
    const row = place && rows()[place.row];
    if (row) {
      own.parentElement?.scrollTo({ top: place.top });
      scrollTo({ top: place.windowTop });
      for (const other of rows()) other.tabIndex = other === row ? 0 : -1;
      row.focus({ preventScroll: true });
    }
    places.delete(address);
    return () => {
      const left = rows().findIndex((other) => other.contains(document.activeElement));
      const top = own.parentElement?.scrollTop ?? 0;
      if (left >= 0) places.set(address, { row: left, top, windowTop: scrollY });
    };
  }, [table, address, isReady]);
}
