// @ts-check
// The other language: its link keeps the place, and the choice is remembered for /docs, where the
// server only knows what the browser prefers.

import { sectionInView } from './contents.js';
import { choices, root } from './page.js';

for (const link of document.querySelectorAll('a[data-language]')) {
  const there = /** @type {HTMLAnchorElement} */ (link);
  const { language = '' } = there.dataset;
  there.addEventListener('click', () => {
    there.hash = sectionInView() ?? location.hash;
    choices.set('language', language);
  });
  const unsaid = /^\/docs\/?$/.test(location.pathname);
  if (unsaid && choices.get('language') === language && root.lang !== language) {
    location.replace(there.pathname + location.hash);
  }
}
