/** The version of this package; a test holds it beside package.json. */
export const VERSION = '0.1.0';
