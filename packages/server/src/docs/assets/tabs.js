// @ts-check
// Samples as tabs (WAI-ARIA, the pattern "tabs"). A language that is chosen is
// chosen for the whole page, and remembered.

import { choices, element } from './page.js';

const tabs = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[role="tab"]')]);

/** @param {HTMLElement} tab */
const panelOf = (tab) => element(tab.getAttribute('aria-controls') ?? '');

for (const tab of tabs) {
  const panel = panelOf(tab);
  panel.setAttribute('role', 'tabpanel');
  panel.setAttribute('aria-labelledby', tab.id);
}

/** @param {string | undefined} language */
function choose(language) {
  for (const tab of tabs) {
    const chosen = tab.dataset.language === language;
    tab.setAttribute('aria-selected', String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    panelOf(tab).hidden = !chosen;
  }
}

/** The reader's choice; what was clicked stays where it is, though samples above change height. */
/** @param {HTMLElement} tab */
function chooseHere(tab) {
  const { language = '' } = tab.dataset;
  const before = tab.getBoundingClientRect().top;
  choose(language);
  choices.set('sample', language);
  scrollBy({ top: tab.getBoundingClientRect().top - before, behavior: 'instant' });
}

for (const tab of tabs) tab.addEventListener('click', () => chooseHere(tab));

for (const list of document.querySelectorAll('[role="tablist"]')) {
  const own = tabs.filter((tab) => list.contains(tab));
  /** @type {Record<string, (at: number) => number>} */
  const moves = {
    ArrowRight: (at) => (at + 1) % own.length,
    ArrowLeft: (at) => (at + own.length - 1) % own.length,
    Home: () => 0,
    End: () => own.length - 1,
  };
  list.addEventListener('keydown', (event) => {
    const { key } = /** @type {KeyboardEvent} */ (event);
    const next =
      own[moves[key]?.(own.indexOf(/** @type {HTMLElement} */ (document.activeElement))) ?? -1];
    if (!next) return;
    event.preventDefault();
    next.focus({ preventScroll: true });
    chooseHere(next);
  });
}

const remembered = choices.get('sample');
const known = tabs.some(({ dataset }) => dataset.language === remembered);
choose(known && remembered ? remembered : tabs[0]?.dataset.language);
