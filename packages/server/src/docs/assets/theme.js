// @ts-check
// Light or dark: the system's, unless the reader has chosen.

import { choices, element, root } from './page.js';

const remembered = choices.get('theme');
if (remembered === 'light' || remembered === 'dark') root.dataset.theme = remembered;

element('theme').addEventListener('click', () => {
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const next = (root.dataset.theme ?? system) === 'dark' ? 'light' : 'dark';
  root.dataset.theme = next;
  choices.set('theme', next);
});
