import { Refusal } from '../refusal.ts';
import { duplicateMember } from '../text/duplicateMember.ts';
import { isRecord } from '../text/isRecord.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

const invalidJson = (sentence: string) => new Refusal('invalid_json', sentence);

/**
 * Reads a request's body as a JSON object, whatever its Content-Type says. A byte order mark is
 * passed over. A member given twice is refused: JSON.parse would take the last one, and what was
 * written as a read could become a pull. `parse` takes the place of JSON.parse.
 */
export function parseBody(
  bytes: unknown,
  parse: (text: string) => unknown = JSON.parse,
): Record<string, unknown> {
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) {
    throw invalidJson('The body is empty: send a JSON object.');
  }
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw invalidJson('The body is not UTF-8: send JSON as text, not compressed.');
  }
  let value: unknown;
  try {
    value = parse(text);
  } catch {
    throw invalidJson('The body is not valid JSON.');
  }
  if (!isRecord(value)) {
    throw new Refusal('invalid_request', 'The body must be a JSON object.');
  }
  if (duplicateMember(text) !== undefined) {
    throw new Refusal('invalid_request', 'The body gives a member twice.');
  }
  return value;
}
