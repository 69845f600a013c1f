import { given } from '../../lib/given.ts';
import { instantsOf } from '../../lib/period.ts';
import { param } from '../../lib/urlState.ts';
import { useUrlState } from '../../lib/useUrlState.ts';

const shape = {
  clientIds: param.ids,
  keyIds: param.texts,
  period: param.text,
  state: param.oneOf('any', 'written', 'uncertain', 'released'),
};

/** The filters of the list, from the address. */
export function usePullFilter() {
  const [state, set] = useUrlState(shape);
  const { clientIds, keyIds, period } = state;
  const filter = {
    ...given({ clientIds, keyIds }),
    ...instantsOf(period),
    ...(state.state !== 'any' && { state: state.state }),
  };
  return {
    state,
    set,
    filter,
    isFiltered: Object.keys(filter).length > 0,
    clear: () => set({ clientIds: [], keyIds: [], period: '', state: 'any' }),
  };
}
