// @ts-check
// The search (WAI-ARIA, the pattern "combobox"). `/` and Ctrl or ⌘ K open it.

import { element } from './page.js';
import { find } from './searchIndex.js';

const dialog = /** @type {HTMLDialogElement} */ (element('search'));
const input = /** @type {HTMLInputElement} */ (element('search-input'));
const results = element('search-results');
const none = element('search-none');

/** @param {string} tag @param {string} text */
function piece(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

function show() {
  const found = find(input.value, 12);
  const items = found.map(({ id, name, code, place, about }) => {
    const item = document.createElement('li');
    item.id = `found-${id}`;
    item.setAttribute('role', 'option');
    item.dataset.target = id;
    item.append(piece(code ? 'code' : 'strong', name), piece('small', place), piece('p', about));
    return item;
  });
  results.replaceChildren(...items);
  results.hidden = items.length === 0;
  input.setAttribute('aria-expanded', String(items.length > 0));
  none.textContent = input.value.trim() && items.length === 0 ? (none.dataset.none ?? '') : '';
  select(0);
}

const selected = () => [...results.children].findIndex((item) => item.ariaSelected === 'true');

/** @param {number} at */
function select(at) {
  const item = results.children[(at + results.children.length) % results.children.length];
  for (const other of results.children) other.ariaSelected = String(other === item);
  item?.scrollIntoView({ block: 'nearest' });
  input.setAttribute('aria-activedescendant', item?.id ?? '');
}

/** @param {Element | undefined} item */
function go(item) {
  const { target } = /** @type {HTMLElement | undefined} */ (item)?.dataset ?? {};
  if (!target) return;
  dialog.close();
  // What is folded opens by itself when an address leads into it.
  location.hash = '';
  location.hash = target;
}

function open() {
  if (dialog.open) return;
  dialog.showModal();
  input.select();
  show();
}

element('open-search').addEventListener('click', open);
input.addEventListener('input', show);
input.addEventListener('keydown', (event) => {
  const { key } = event;
  if (key === 'ArrowDown') select(selected() + 1);
  else if (key === 'ArrowUp') select(selected() - 1);
  else if (key === 'Enter') go(results.children[selected()]);
  // Of itself it would only empty the field the first time.
  else if (key === 'Escape') dialog.close();
  else return;
  event.preventDefault();
});
results.addEventListener('click', ({ target }) => {
  go(/** @type {Element} */ (target).closest('[role="option"]') ?? undefined);
});
dialog.addEventListener('click', ({ target }) => {
  if (target === dialog) dialog.close();
});
document.addEventListener('keydown', (event) => {
  const typing = /** @type {Element} */ (event.target).closest('input, textarea, select');
  const slash = event.key === '/' && !typing && !event.ctrlKey && !event.metaKey;
  const letter = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);
  if (!slash && !letter) return;
  event.preventDefault();
  open();
});
