// @ts-check
// The page reads without this file; it adds the theme switch, copy buttons, the status badge and
// the mark on the section in view.

const root = document.documentElement;

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

// Theme: the system's, unless the reader has chosen.
const chosen = localStorage.getItem('theme');
if (chosen) root.dataset.theme = chosen;
element('theme').addEventListener('click', () => {
  const dark = root.dataset.theme
    ? root.dataset.theme === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  localStorage.setItem('theme', root.dataset.theme);
});

// Copy buttons.
for (const button of document.querySelectorAll('button.copy')) {
  const label = button.textContent ?? '';
  button.setAttribute('aria-live', 'polite');
  button.addEventListener('click', async () => {
    const code = button.closest('figure')?.querySelector('code');
    await navigator.clipboard.writeText(code?.textContent ?? '');
    button.textContent = button.getAttribute('data-copied');
    setTimeout(() => {
      button.textContent = label;
    }, 2000);
  });
}

// Status: what /readyz says, now and then and whenever the page is shown again.
const STATES = { ok: 'operational', unavailable: 'unavailable', unreachable: 'unreachable' };

/** @param {keyof typeof STATES} state */
function showStatus(state) {
  if (element('status').dataset.state === state) return;
  element('status').dataset.state = state;
  element('status-text').textContent = STATES[state];
}

async function checkStatus() {
  try {
    const answer = await fetch('/readyz', { cache: 'no-store', signal: AbortSignal.timeout(5000) });
    const { status } = await answer.json();
    showStatus(answer.ok && status === 'ok' ? 'ok' : 'unavailable');
  } catch {
    showStatus('unreachable');
  }
}

checkStatus();
setInterval(() => {
  if (!document.hidden) checkStatus();
}, 30_000);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) checkStatus();
});

// The contents: folded on a narrow page, and closed again by choosing from it.
const menu = /** @type {HTMLDetailsElement} */ (document.querySelector('details.menu'));
const narrow = matchMedia('(max-width: 899px)');
const fold = () => {
  menu.open = !narrow.matches;
};
fold();
narrow.addEventListener('change', fold);

/** @type {Map<string, Element>} */
const links = new Map();
for (const link of menu.querySelectorAll('a')) {
  links.set(link.hash.slice(1), link);
  link.addEventListener('click', () => {
    if (narrow.matches) menu.open = false;
  });
}
const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      for (const link of links.values()) link.removeAttribute('aria-current');
      links.get(target.id)?.setAttribute('aria-current', 'true');
    }
  },
  { rootMargin: '-80px 0px -70% 0px' },
);
for (const id of links.keys()) {
  const target = document.getElementById(id);
  if (target) observer.observe(target);
}
