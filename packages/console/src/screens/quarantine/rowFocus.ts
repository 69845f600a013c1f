/** The place of the row that has the keyboard; undefined when none has. */
export function focusedRow(): number | undefined {
  const row = document.activeElement?.closest('tbody tr');
  return row instanceof HTMLTableRowElement ? row.sectionRowIndex : undefined;
}

/** Gives the keyboard to the row at a place, once the page has been drawn anew; or to the last. */
export function focusRow(place: number | undefined): void {
  if (place === undefined) return;
  const focus = () => {
    const rows = [...document.querySelectorAll<HTMLTableRowElement>('tbody tr')];
    (rows[place] ?? rows.at(-1))?.focus();
  };
  // A timer first: a new list is handed to the page by one, and a busy page may draw before.
  setTimeout(() => requestAnimationFrame(focus));
}

/** Presses the first suggestion of the row that has the keyboard. */
export function pressSuggestion(): void {
  const row = document.activeElement?.closest('tbody tr');
  row?.querySelector<HTMLButtonElement>('[data-suggestion]')?.click();
}
