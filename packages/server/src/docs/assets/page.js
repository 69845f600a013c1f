// @ts-check
// What the other scripts share.

export const root = document.documentElement;
root.classList.add('js');

/** @param {string} id */
export const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * The one element within another that a selector names.
 * @param {ParentNode} within
 * @param {string} selector
 */
export const part = (within, selector) =>
  /** @type {HTMLElement} */ (within.querySelector(selector));

/** Says something to screen readers. @param {string} sentence */
export function announce(sentence) {
  element('announce').textContent = '';
  requestAnimationFrame(() => {
    element('announce').textContent = sentence;
  });
}

/** What the reader has chosen on an earlier visit. A browser may deny storage. */
export const choices = {
  /** @param {'theme' | 'language' | 'sample'} name */
  get: (name) => {
    try {
      return localStorage.getItem(`docs.${name}`);
    } catch {
      return null;
    }
  },
  /**
   * @param {'theme' | 'language' | 'sample'} name
   * @param {string} value
   */
  set: (name, value) => {
    try {
      localStorage.setItem(`docs.${name}`, value);
    } catch {
      // The choice holds until the page is left.
    }
  },
};
