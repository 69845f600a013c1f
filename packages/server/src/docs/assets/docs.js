// @ts-check
// The page reads without scripts. They add the theme switch, the menu of narrow pages, the mark on
// the section in view, copy buttons, tabs, the search, the status badge and the try-it forms.

import './theme.js';
import './language.js';
import './contents.js';
import './copy.js';
import './tabs.js';
import './search.js';
import './status.js';
import './tryIt.js';

// What is folded is printed too.
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details.further')) {
    details.setAttribute('open', '');
  }
});
