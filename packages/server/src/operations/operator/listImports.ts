import { MOST_COUNTED } from '@relais/contract';
import { countImports, listImportPage } from '../../store/importList.ts';
import { namesOf } from '../../store/names.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { pageOf, pageStart } from '../page.ts';
import { presentImport } from '../presentImport.ts';

export const listImports: OperatorHandler<'listImports'> = async (
  { context, database: { db } },
  { limit, cursor },
) => {
  const imports = await listImportPage(db, limit + 1, pageStart('listImports', cursor));
  const count = await countImports(db, MOST_COUNTED + 1);
  const names = await namesOf(
    context.databases.catalog,
    db,
    imports.map(({ started_by }) => started_by),
  );
  return pageOf('listImports', imports, limit, count, ({ position: _position, ...row }) =>
    presentImport(row, names),
  );
};
