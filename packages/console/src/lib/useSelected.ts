import { type Param, param } from './urlState.ts';
import { useUrlState } from './useUrlState.ts';

interface Selected<Id> {
  readonly selected: Id | undefined;
  open(id: Id): void;
  close(): void;
}

const hookOf = <Id>(selectedParam: Param<Id | undefined>) => {
  const shape = { selected: selectedParam };
  return (): Selected<Id> => {
    const [{ selected }, set] = useUrlState(shape);
    return {
      selected,
      open: (id) => set({ selected: id }, { push: selected === undefined, keepsPage: true }),
      close: () => set({ selected: undefined }, { keepsPage: true }),
    };
  };
};

/** Which record is open beside its list, `?selected=12`. The back button closes it. */
export const useSelected = hookOf(param.id);
/** The same for records whose id is a text, such as keys and pulls. */
export const useSelectedName = hookOf(param.name);
