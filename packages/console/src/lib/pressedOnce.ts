/** What a click can press. */
const PRESSED = 'button, a';

let first: Element | null = null;

/** The second click of a double click presses nothing that has come under it meanwhile. */
function onClick(event: MouseEvent): void {
  const target = event.target instanceof Element ? event.target.closest(PRESSED) : null;
  if (event.detail < 2) first = target;
  else if (target && target !== first) stop(event);
}

/** A key that is still down presses nothing that has the focus by then; it does write lines. */
function onKeyDown(event: KeyboardEvent): void {
  const writes = event.target instanceof HTMLTextAreaElement;
  if (event.repeat && event.key === 'Enter' && !writes) stop(event);
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

/**
 * Lets one press do one thing. Acts make room for the next thing to act on: the row below moves up,
 * the next lead opens, a dialog has the focus on its button. A double click or a key that is held
 * down would act on that as well, and nobody had seen it. To be called once, for the whole page.
 */
export function pressOnce(): void {
  document.addEventListener('click', onClick, { capture: true });
  document.addEventListener('keydown', onKeyDown, { capture: true });
}
