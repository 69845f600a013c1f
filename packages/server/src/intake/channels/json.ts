import { isRecord } from '../../text/isRecord.ts';
import { draftOf, type NamedText } from '../draftOf.ts';
import type { LeadDraft } from '../leadDraft.ts';
import { scalarText, wholeText } from './jsonText.ts';

/** Beyond these, what remains is kept as one text, lest a small body make a large draft. */
const MOST_LEVELS = 5;
const MOST_MEMBERS = 200;
const MOST_NAME_CHARACTERS = 200;

/**
 * Reads a lead of a JSON object, whatever is in it. A member of a known name fills its field, and
 * any other becomes an answer; members of objects are named with dots (`utm.source`). Null is
 * absent. The credential `token` is left out.
 */
export function readJsonLead(body: Readonly<Record<string, unknown>>): LeadDraft {
  const entries: NamedText[] = [];
  const rest: [name: string, value: unknown][] = [];
  for (const [name, value] of Object.entries(body)) {
    if (name === 'token') continue;
    const room = MOST_MEMBERS - entries.length;
    const found = upTo(room, name === 'answers' ? answersOf(value) : flatten(name, value, 1));
    if (found) entries.push(...found);
    else rest.push([name, value]);
  }
  if (rest.length > 0) {
    entries.push(['autres réponses', wholeText(Object.fromEntries(rest)), 'answer']);
  }
  return draftOf(entries);
}

/** All that a generator gives; undefined when it is more than so many. */
function upTo<Item>(most: number, items: Iterable<Item>): Item[] | undefined {
  const taken: Item[] = [];
  for (const item of items) {
    if (taken.length === most) return undefined;
    taken.push(item);
  }
  return taken;
}

/** A list of questions with their answers; what is of another shape is read as any member is. */
function* answersOf(value: unknown): Generator<NamedText> {
  if (!Array.isArray(value)) {
    yield* flatten('answers', value, 1);
    return;
  }
  for (const [index, item] of value.entries()) {
    const { question, answer, ...others } = isRecord(item) ? item : { others: true };
    const text = scalarText(answer);
    if (typeof question === 'string' && text !== undefined && Object.keys(others).length === 0) {
      yield [question, text, 'answer'];
    } else {
      yield* flatten(`answers.${index}`, item, 2);
    }
  }
}

function* flatten(name: string, value: unknown, level: number): Generator<NamedText> {
  const text = scalarText(value);
  if (text !== undefined) {
    yield [name, text];
  } else if (level >= MOST_LEVELS || name.length > MOST_NAME_CHARACTERS) {
    yield [name, wholeText(value), 'answer'];
  } else if (typeof value === 'object' && value !== null) {
    for (const [member, inner] of Object.entries(value)) {
      yield* flatten(`${name}.${member}`, inner, level + 1);
    }
  }
}
