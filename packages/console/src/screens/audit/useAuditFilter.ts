import { given } from '../../lib/given.ts';
import { instantsOf } from '../../lib/period.ts';
import { param } from '../../lib/urlState.ts';
import { useUrlState } from '../../lib/useUrlState.ts';

const shape = {
  scope: param.oneOf('database', 'installation'),
  actor: param.text,
  act: param.text,
  target: param.text,
  prospectId: param.id,
  period: param.text,
  /** The entry that is open, as useSelected has it: another filter closes it. */
  selected: param.id,
};

/** The filters of the audit, from the address. */
export function useAuditFilter() {
  const [state, set] = useUrlState(shape);
  const { scope, actor, act, target, period } = state;
  // The audit of the installation has no persons.
  const prospectId = (scope === 'database' && state.prospectId) || undefined;
  const asked = { ...given({ actor, act, target, prospectId }), ...instantsOf(period) };
  return {
    state,
    set,
    filter: { scope, ...asked },
    prospectId,
    isFiltered: Object.keys(asked).length > 0,
    clear: () => set({ actor: '', act: '', target: '', prospectId: undefined, period: '' }),
  };
}
