import { Refusal } from '../../refusal.ts';
import { draftOf, type NamedText } from '../draftOf.ts';
import type { LeadDraft } from '../leadDraft.ts';
import { isBlank } from '../normalise/text.ts';

/** A field of a form, in the order of the form. A name may come more than once. */
export interface FormField {
  readonly name: string;
  readonly value: string;
}

/**
 * Reads the body of an HTML form. A file is not kept; its field tells its name.
 *
 * @throws Refusal invalid_request where the body is not a form, or a broken one.
 */
export async function readForm(
  bytes: Buffer,
  contentType: string | undefined,
): Promise<FormField[]> {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') return readUrlEncoded(bytes);
  if (contentType && type === 'multipart/form-data') return readMultipart(bytes, contentType);
  throw new Refusal(
    'invalid_request',
    'Send the form as application/x-www-form-urlencoded or multipart/form-data.',
  );
}

/** Fields that steer the door and say nothing of the lead. */
const CONTROL = new Set(['token']);

/**
 * Reads a lead of a form; `honeypot` names the field that people do not see. Whoever looks at the
 * page can send its id, before the one whose id it is: so it is a reference and makes no repeat.
 */
export function readFormLead(fields: readonly FormField[], honeypot: string): LeadDraft {
  const entries = fields
    .filter(({ name }) => !CONTROL.has(name))
    .map(({ name, value }): NamedText => {
      return name === honeypot ? [name, value, 'answer'] : [name, value];
    });
  const trapped = fields.some(({ name, value }) => name === honeypot && !isBlank(value));
  const { externalId, ...draft } = draftOf(entries);
  return {
    ...draft,
    ...(externalId !== undefined && { reference: externalId }),
    ...(trapped && { trapped }),
  };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const windows1252 = new TextDecoder('windows-1252');

/** As `URLSearchParams` reads it, but for texts that are not UTF-8, which it would garble. */
function readUrlEncoded(bytes: Buffer): FormField[] {
  // One character for each byte.
  const pairs = bytes.toString('latin1').split('&');
  return pairs
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
      return { name: decode(name), value: decode(value) };
    });
}

/** Decodes percent sequences; one that is none stays as it is. */
const decode = (text: string): string =>
  textOf(
    text
      .replaceAll('+', ' ')
      .replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
  );

/** The text of bytes that are given as one character each: UTF-8, or else Windows-1252. */
function textOf(plain: string): string {
  const bytes = Buffer.from(plain, 'latin1');
  try {
    return utf8.decode(bytes);
  } catch {
    return windows1252.decode(bytes);
  }
}

/** As `FormData` reads it, but for texts that are not UTF-8, which it would garble. */
async function readMultipart(bytes: Buffer, contentType: string): Promise<FormField[]> {
  const headers = { 'content-type': contentType };
  let data: FormData;
  try {
    // One character for each byte, so that every byte is found again in what comes out.
    data = await new Response(bytes.toString('latin1'), { headers }).formData();
  } catch {
    throw new Refusal('invalid_request', 'The body is not valid multipart/form-data.');
  }
  return Array.from(data, ([name, value]) => ({ name: textOf(name), value: fieldText(value) }));
}

/** A form whose file was not chosen sends one without a name. */
function fieldText(value: string | File): string {
  if (typeof value === 'string') return textOf(value);
  return value.name === '' ? '' : `fichier joint non conservé : ${textOf(value.name)}`;
}
