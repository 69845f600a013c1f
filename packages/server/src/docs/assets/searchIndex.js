// @ts-check
// What there is to find: every element with data-find, which names its kind.

/**
 * @typedef {object} Thing
 * @property {string} id
 * @property {string} name
 * @property {boolean} code  Whether the name is a name of the API.
 * @property {string} place  Its kind, and the section that it belongs to.
 * @property {string} about
 * @property {string[]} names  Folded, as is the text.
 * @property {string} text
 */

/** Without accents, hyphens and capitals: "entete" finds "En-tête". @param {string} text */
const folded = (text) =>
  text
    .normalize('NFD')
    .replaceAll(/[\p{M}-]/gu, '')
    .replaceAll('’', "'")
    .toLowerCase();

/** @param {Element | null | undefined} shown */
const wordsOf = (shown) => (shown?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();

/** @param {HTMLElement} shown @returns {Thing} */
function thingOf(shown) {
  const { find = '', alias = '' } = shown.dataset;
  const section = shown.closest('section');
  const heading = shown.closest('.heading');
  const code = shown.querySelector('code');
  const name = wordsOf(code ?? shown);
  const owner = shown.matches('.members > *') ? wordsOf(section?.querySelector('h2')) : alias;
  const below = heading?.nextElementSibling;
  const said = heading
    ? below?.matches('.operation-name')
      ? below.nextElementSibling
      : below
    : shown.querySelector('dd, .errors td:nth-child(3), .headers td:nth-child(2)');
  const text = wordsOf(heading ? section?.querySelector('.prose') : shown);
  return {
    id: shown.id,
    name,
    code: code !== null,
    place: [find, owner].filter(Boolean).join(' · '),
    about: said?.matches('dl') ? '' : wordsOf(said),
    names: [folded(name), folded(alias)],
    text: folded(`${name} ${alias} ${text}`),
  };
}

/** @type {Thing[]} */
const things = [...document.querySelectorAll('[data-find]')].map((shown) =>
  thingOf(/** @type {HTMLElement} */ (shown)),
);

/**
 * How well a thing fits: by its name, the start of it, a part of it, or by its text alone, where a
 * section, which holds much, comes last.
 * @param {Thing} thing
 * @param {string[]} words
 */
function fit({ names, text, code }, words) {
  if (!words.every((word) => text.includes(word))) return 0;
  const whole = words.join(' ');
  if (names.includes(whole)) return 4;
  if (names.some((name) => name.startsWith(whole))) return 3;
  if (names.some((name) => words.every((word) => name.includes(word)))) return 2;
  return code ? 1 : 0.5;
}

/** What fits a query, the best first. @param {string} query @param {number} most */
export function find(query, most) {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return things
    .map((thing) => ({ thing, fit: fit(thing, words) }))
    .filter((one) => one.fit > 0)
    .sort((a, b) => b.fit - a.fit)
    .slice(0, most)
    .map(({ thing }) => thing);
}
