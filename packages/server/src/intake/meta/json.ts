import { parseExactJson } from '../../text/exactJson.ts';
import { isRecord } from '../../text/isRecord.ts';

/** A JSON object's members, or undefined when the value is none. */
export const objectOf = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  isRecord(value) ? value : undefined;

/** The value of a JSON text; undefined, which is no JSON value, when the text is none. */
export function jsonOf(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return undefined;
  }
}

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A text that says something. Numbers and booleans are given as texts. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** What an id may look like before it gets into the path of an address. */
const ID = /^\d{1,30}$/;

/**
 * An id of Meta's: digits, sent as text or as a number (github.com/restfb/restfb/issues/918 and
 * 660 have both). 0 is none: so comes the `ad_id` of a lead without an ad.
 */
export function idOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text !== undefined && ID.test(text) && !/^0+$/.test(text) ? text : undefined;
}
