// @ts-check
// The page reads without this file. It adds the theme switch, the menu of narrow pages, copy
// buttons, the status badge and the mark on the section in view.

const root = document.documentElement;
root.classList.add('js');

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Says something to screen readers. @param {string} sentence */
function announce(sentence) {
  element('announce').textContent = '';
  requestAnimationFrame(() => {
    element('announce').textContent = sentence;
  });
}

// Theme: the system's, unless the reader has chosen. A browser may deny storage.
const storage = {
  get: () => {
    try {
      return localStorage.getItem('theme');
    } catch {
      return null;
    }
  },
  /** @param {string} theme */
  set: (theme) => {
    try {
      localStorage.setItem('theme', theme);
    } catch {
      // The choice holds until the page is left.
    }
  },
};
const remembered = storage.get();
if (remembered === 'light' || remembered === 'dark') root.dataset.theme = remembered;
element('theme').addEventListener('click', () => {
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const next = (root.dataset.theme ?? system) === 'dark' ? 'light' : 'dark';
  root.dataset.theme = next;
  storage.set(next);
});

// Copying. Without a secure context there is no clipboard: then the text is selected instead.
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
  const word = /** @type {HTMLElement} */ (button.querySelector('.copy-word'));
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

// Status: what /readyz says, every now and then and whenever the page is shown again.
/** @param {'ok' | 'unavailable' | 'unreachable'} state */
function showStatus(state) {
  const badge = element('status');
  if (badge.dataset.state === state) return;
  badge.dataset.state = state;
  element('status-text').textContent = badge.dataset[state] ?? '';
}

/** Any answer but the good one is "unavailable"; none at all is "unreachable". */
async function readStatus() {
  try {
    const answer = await fetch('/readyz', { cache: 'no-store', signal: AbortSignal.timeout(5000) });
    const body = await answer.json().catch(() => undefined);
    return answer.status === 200 && body?.status === 'ok' ? 'ok' : 'unavailable';
  } catch {
    return 'unreachable';
  }
}

let checking = false;
async function checkStatus() {
  if (checking || document.hidden) return;
  checking = true;
  showStatus(await readStatus());
  checking = false;
}

checkStatus();
setInterval(checkStatus, 30_000);
document.addEventListener('visibilitychange', checkStatus);

// The menu of narrow pages.
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

// The section in view: the last one whose heading has passed the top of the window.
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

// What is folded is printed too.
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) details.open = true;
});
