import { filterChoices } from '../../store/filters.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const listFilters: OperatorHandler<'listFilters'> = ({ database }) =>
  filterChoices(database.db);
