// @ts-check
// Copying. Without a secure context there is no clipboard: then the text is selected instead.

import { announce, part } from './page.js';

/**
 * @param {string} text
 * @param {Element | null} shown
 */
async function copy(text, shown) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (shown) getSelection()?.selectAllChildren(shown);
    return document.execCommand('copy');
  }
}

for (const button of document.querySelectorAll('button.copy')) {
  const word = part(button, '.copy-word');
  const label = word.textContent;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  button.addEventListener('click', async () => {
    const code = button.closest('[data-copy]')?.querySelector('code') ?? null;
    const copied = await copy(code?.textContent ?? '', code);
    const said = button.getAttribute(copied ? 'data-copied' : 'data-failed') ?? '';
    word.textContent = said;
    announce(said);
    clearTimeout(timer);
    timer = setTimeout(() => {
      word.textContent = label;
    }, 2000);
  });
}

for (const anchor of document.querySelectorAll('a.anchor')) {
  anchor.addEventListener('click', async () => {
    if (!(await copy(/** @type {HTMLAnchorElement} */ (anchor).href, null))) return;
    anchor.classList.add('copied');
    announce(anchor.getAttribute('data-copied') ?? '');
    setTimeout(() => anchor.classList.remove('copied'), 2000);
  });
}
