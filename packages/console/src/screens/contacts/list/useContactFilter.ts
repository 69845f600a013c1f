import { isSearchable } from '@relais/contract';
import type { Parameters } from '../../../api/call.ts';
import { given } from '../../../lib/given.ts';
import { instantsOf } from '../../../lib/period.ts';
import { param } from '../../../lib/urlState.ts';
import { useUrlState } from '../../../lib/useUrlState.ts';

const shape = {
  search: param.text,
  statutIds: param.ids,
  regionIds: param.ids,
  programmeIds: param.ids,
  sources: param.texts,
  clientIds: param.ids,
  pulled: param.texts,
  period: param.text,
  sort: param.oneOf('newest', 'oldest', 'longest_ready'),
};

const nothing = {
  search: '',
  statutIds: [],
  regionIds: [],
  programmeIds: [],
  sources: [],
  clientIds: [],
  pulled: [],
  period: '',
};

/** Which contacts, as searchContacts, exportContacts and changeStatuts take it. */
export type ContactFilter = Omit<Parameters<'searchContacts'>, 'limit' | 'cursor'>;

/** A number as people write one, such as « n° 5002 » or #5002, without its sign. */
const withoutSign = (search: string) => search.replace(/^(?:n\s*[°º]|#)\s*(?=\d+$)/i, '');

/** The filters of the list, from the address. */
export function useContactFilter() {
  const [state, set] = useUrlState(shape);
  const { pulled, period, sort, statutIds, regionIds, programmeIds, sources, clientIds } = state;
  const search = withoutSign(state.search);
  const isTooShort = search !== '' && !isSearchable(search);
  const asked = given({
    search: isTooShort ? '' : search,
    statutIds,
    regionIds,
    programmeIds,
    sources,
    clientIds,
    // Both together are no filter.
    pulled: pulled.length === 1 ? pulled[0] === 'yes' : undefined,
    ...instantsOf(period),
  });
  const filter: ContactFilter = { ...asked, sort };
  return {
    state,
    set,
    filter,
    isTooShort,
    /** Whether it leaves anything out, so that it can be acted on as a whole. */
    isFiltered: Object.keys(asked).length > 0 || sort === 'longest_ready',
    clear: () => set({ ...nothing, ...(sort === 'longest_ready' && { sort: 'newest' }) }),
  };
}
