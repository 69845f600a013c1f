// @ts-check
// The badge: what /readyz says, every now and then and whenever the page is shown again.

import { element } from './page.js';

const badge = element('status');

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
  const state = await readStatus();
  checking = false;
  if (badge.dataset.state === state) return;
  badge.dataset.state = state;
  element('status-text').textContent = badge.dataset[state] ?? '';
}

checkStatus();
setInterval(checkStatus, 30_000);
document.addEventListener('visibilitychange', checkStatus);
