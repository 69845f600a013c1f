import { type Entry, named, textOf } from './entry.ts';
import { useTexts } from './useTexts.ts';

/** What the acts, actors, targets and details of an audit are called. */
export function useNames() {
  const texts = useTexts();
  const called = (text: string, nom: string | null): string => {
    if (text === 'anyone') return texts.anyone;
    const { kind, id } = named(text);
    if (kind === 'staff' && nom !== null) return nom;
    if (kind === 'operation') return textOf(texts.operations, id);
    return kind === '' ? (nom ?? id) : `${textOf(texts.kinds, kind)} ${nom ?? id}`;
  };
  const value = (given: unknown): string => {
    if (given === null || given === undefined || given === '') return '—';
    if (typeof given === 'boolean') return given ? texts.yes : texts.no;
    if (Array.isArray(given)) return given.map(value).join(', ') || '—';
    return typeof given === 'object' ? JSON.stringify(given) : String(given);
  };
  return {
    act: ({ act, detail }: Pick<Entry, 'act' | 'detail'>) =>
      act === 'lead.release' && detail.outcome === 'quarantined'
        ? texts.stays
        : textOf(texts.acts, act),
    actor: ({ actor, actor_nom }: Pick<Entry, 'actor' | 'actor_nom'>) => called(actor, actor_nom),
    target: ({ target, target_nom }: Pick<Entry, 'target' | 'target_nom'>) =>
      called(target, target_nom),
    /** A member of a detail, or a path into it: its first word has a name here. */
    field(path: string): string {
      const [first = '', ...rest] = path.split('.');
      return [textOf(texts.fields, first), rest.join('.')].filter(Boolean).join(' ');
    },
    /** Some values: what it was and what it is, or only what it is. */
    values(given: readonly unknown[]): string {
      const [first = '', second] = given.map(value);
      return second === undefined ? first : texts.change(first, second);
    },
  };
}
