// @ts-check
// The contents: the menu of narrow pages, and the mark on the section in view.

import { element, root } from './page.js';

const contents = element('contents');
const menu = element('menu');

/** @param {boolean} open */
function openMenu(open) {
  contents.toggleAttribute('data-open', open);
  menu.setAttribute('aria-expanded', String(open));
}
menu.addEventListener('click', () => openMenu(menu.getAttribute('aria-expanded') !== 'true'));
contents.addEventListener('click', (event) => {
  if (event.target instanceof HTMLAnchorElement) openMenu(false);
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !contents.hasAttribute('data-open')) return;
  openMenu(false);
  menu.focus();
});
contents.addEventListener('focusout', ({ relatedTarget }) => {
  const inside = relatedTarget === menu || contents.contains(/** @type {Node} */ (relatedTarget));
  if (relatedTarget && !inside) openMenu(false);
});

// The section in view is the last one whose heading has passed the top of the window.
const links = [...contents.querySelectorAll('a')].filter(({ hash }) => hash);
const spied = links.map((link) => ({ link, heading: element(link.hash.slice(1)) }));

function markSection() {
  const atEnd = innerHeight + scrollY >= root.scrollHeight - 2;
  const passed = spied.findLast(({ heading }) => heading.getBoundingClientRect().top < 160);
  const current = (atEnd ? spied.at(-1) : (passed ?? spied[0]))?.link;
  if (!current || current.hasAttribute('aria-current')) return;
  for (const link of links) link.removeAttribute('aria-current');
  current.setAttribute('aria-current', 'true');
  const { offsetTop, offsetHeight } = current;
  const hidden =
    offsetTop < contents.scrollTop ||
    offsetTop + offsetHeight > contents.scrollTop + contents.clientHeight;
  if (hidden) contents.scrollTop = offsetTop - contents.clientHeight / 2;
}

/** The address of the place in view: the one that was gone to while it shows, else its section. */
export function sectionInView() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target) {
    const { top, bottom } = target.getBoundingClientRect();
    if (bottom > 0 && top < innerHeight) return location.hash;
  }
  return spied.find(({ link }) => link.hasAttribute('aria-current'))?.link.hash;
}

let waiting = false;
addEventListener(
  'scroll',
  () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      markSection();
    });
  },
  { passive: true },
);
markSection();
