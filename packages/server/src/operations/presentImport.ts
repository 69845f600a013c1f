import type { ListedImport } from '../store/importList.ts';

/** An import in the contract's shape. */
export const presentImport = (
  { columns: _columns, file_id: _file, ...row }: ListedImport,
  names: ReadonlyMap<string, string>,
) => ({ ...row, started_by_nom: names.get(row.started_by) ?? null });
