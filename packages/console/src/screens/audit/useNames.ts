import { useFilterOptions } from '../../api/useFilterOptions.ts';
import { useFormats } from '../../texts/useFormats.ts';
import { type Entry, named, textOf } from './entry.ts';
import { useTexts } from './useTexts.ts';

type Options = ReturnType<typeof useFilterOptions>;

/** Members of a detail that hold ids, and the list that has their names. */
const LISTS: Readonly<Partial<Record<string, keyof Options>>> = {
  client: 'clients',
  clientIds: 'clients',
  region: 'regions',
  regions: 'regions',
  regionIds: 'regions',
  programmeIds: 'programmes',
  id_programme: 'programmes',
  statut: 'statuts',
  statutIds: 'statuts',
  id_statut: 'statuts',
  id_statut_ready: 'statuts',
  id_statut_pulled: 'statuts',
  id_origine: 'origines',
};

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*Z$/;

/** What the acts, actors, targets and details of an audit are called. */
export function useNames() {
  const texts = useTexts();
  const formats = useFormats();
  const options = useFilterOptions();
  const called = (text: string, nom: string | null): string => {
    if (text === 'anyone') return texts.anyone;
    const { kind, id } = named(text);
    if (kind === 'staff' && nom !== null) return nom;
    if (kind === 'operation') return textOf(texts.operations, id);
    return kind === '' ? (nom ?? id) : `${textOf(texts.kinds, kind)} ${nom ?? id}`;
  };
  const value = (given: unknown, field: string): string => {
    const list = LISTS[field];
    const listed = list && options[list]?.find(({ id }) => String(id) === String(given));
    if (listed) return listed.label;
    if (given === null || given === undefined || given === '') return '—';
    if (typeof given === 'boolean') return given ? texts.yes : texts.no;
    if (Array.isArray(given)) return given.map((own) => value(own, field)).join(', ') || '—';
    if (typeof given === 'string' && INSTANT.test(given)) return formats.minute(given);
    if (field === 'outcome') return textOf(texts.outcomes, String(given));
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
    /** Some values of a member: what it was and what it is, or only what it is. */
    values(given: readonly unknown[], path: string): string {
      const [first = '', second] = given.map((own) => value(own, path));
      return second === undefined ? first : texts.change(first, second);
    },
  };
}
