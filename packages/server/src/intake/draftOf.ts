import { type DraftField, fieldOf } from './fields.ts';
import type { Answer, LeadDraft } from './leadDraft.ts';
import { readEmail } from './normalise/email.ts';
import { readTelephone } from './normalise/telephone.ts';
import { isBlank, trimText } from './normalise/text.ts';
import { readCreationDate, readYesNo } from './values.ts';

/**
 * A text with the name it came under, and the field that it fills where its channel knows better
 * than its name does.
 */
export type NamedText = readonly [name: string, value: string, field?: DraftField | 'answer'];

/** Values beyond the first that are looked at, so that a large form of telephones costs little. */
const MOST_OTHERS = 5;

/**
 * The leads of Meta's testing tool (developers.facebook.com/tools/lead-ads-testing) have no mark of
 * their own, and come in Meta's files and through other programs, too. Every text is `<test lead:
 * dummy data for full_name>` and the like, and the address is one of two of Meta's: both seen in
 * public code and recordings of its users.
 */
const DUMMY = /^<?test lead: dummy data for |^test@(?:fb|meta)\.com$/i;

/**
 * A draft of named texts. What is blank is left out; everything else is kept. A name of no field,
 * a date or a yes that can't be read, a date that is not past (the visit that somebody wishes for),
 * and a second value of a field become answers, as typed. Of several telephones, or addresses, the
 * field is the first one that can be read. Several commentaires are one, apart by a blank line.
 * Where consent is given more than once, one no outweighs every yes.
 */
export function draftOf(entries: Iterable<NamedText>): LeadDraft {
  const draft: Draft = {};
  const answers: Answer[] = [];
  const names: Partial<Record<DraftField | 'answer', string>> = {};
  const others: Partial<Record<DraftField | 'answer', Answer[]>> = {
    telephone: [],
    email: [],
    programme: [],
  };
  const consents: { question: string; answer: string; agreed: boolean }[] = [];
  for (const [name, value, stated] of entries) {
    if (isBlank(value)) continue;
    if (DUMMY.test(trimText(value))) draft.test = true;
    const field = stated ?? fieldOf(name) ?? 'answer';
    const agreed = field === 'consent' ? readYesNo(value) : undefined;
    if (agreed !== undefined) {
      consents.push({ question: name, answer: value, agreed });
    } else if (!fill(draft, field, value)) {
      const other = { question: name, answer: value };
      answers.push(other);
      others[field]?.push(other);
    } else {
      names[field] ??= name;
    }
  }
  const [first] = consents;
  if (first) {
    draft.consent = consents.every(({ agreed }) => agreed);
    const differ = consents.some(({ agreed }) => agreed !== first.agreed);
    if (differ) answers.push(...consents.map(({ question, answer }) => ({ question, answer })));
  }
  for (const field of ['telephone', 'email'] as const) {
    const first = draft[field];
    if (first === undefined || canRead[field](first, draft.pays)) continue;
    const good = others[field]
      ?.slice(0, MOST_OTHERS)
      .find(({ answer }) => canRead[field](answer, draft.pays));
    if (!good) continue;
    draft[field] = good.answer;
    answers[answers.indexOf(good)] = { question: names[field] ?? field, answer: first };
  }
  const programmes = others.programme?.slice(0, MOST_OTHERS).map(({ answer }) => answer) ?? [];
  return {
    ...draft,
    ...(programmes.length > 0 && { otherProgrammes: programmes }),
    ...(answers.length > 0 && { answers }),
  };
}

const canRead = {
  telephone: (text: string, pays?: string) => 'e164' in readTelephone(text, pays),
  email: (text: string) => 'key' in readEmail(text),
};

type Draft = { -readonly [Name in keyof LeadDraft]: LeadDraft[Name] };

/** Puts a value into a draft, if the draft then tells it. */
function fill(draft: Draft, field: DraftField | 'answer', value: string): boolean {
  switch (field) {
    case 'answer':
    case 'consent':
      return false;
    case 'test': {
      const test = readYesNo(value);
      if (test) draft.test = true;
      return test !== undefined;
    }
    case 'commentaire':
      draft.commentaire = draft.commentaire ? `${draft.commentaire}\n\n${value}` : value;
      return true;
    case 'createdAt': {
      const date = readCreationDate(value);
      if (date === undefined) return false;
      draft.createdAt ??= date;
      return draft.createdAt === date;
    }
    default:
      draft[field] ??= value;
      return trimText(draft[field]) === trimText(value);
  }
}
