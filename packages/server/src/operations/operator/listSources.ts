import { listSources as read } from '../../store/sourceSummaries.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const listSources: OperatorHandler<'listSources'> = async ({ database }) => {
  const sources = await read(database.db);
  return {
    items: sources.map(({ statut, statut_review, programme, origins, ...source }) => ({
      ...source,
      statut_designation: statut,
      review_statut_designation: statut_review,
      programme_nom: programme,
      origins: origins && [...origins],
    })),
  };
};
