import { lookAtUpload } from '../../importing.ts';
import type { Verdict } from '../../intake/admitRows.ts';
import { type ImportPlan, tellsContact } from '../../intake/file/planImport.ts';
import type { RowFile } from '../../intake/file/rowFile.ts';
import { tryImport } from '../../intake/tryImport.ts';
import { findImport } from '../../store/imports.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { presentSuggestion } from '../presentLead.ts';

/** How many rows are tried. */
const SHOWN = 20;

const NO_CONTACT =
  'No column is a telephone or an e-mail address: say which one is, for without one no row can be let in.';

export const previewImport: OperatorHandler<'previewImport'> = (call, asked) =>
  lookAtUpload(call.database, { ...asked, by: call.actor }, async ({ source, file, plan }) => {
    const { db } = call.database;
    const problem = tellsContact(plan) ? null : NO_CONTACT;
    const earlier = await findImport(db, source.id, plan.hash);
    // An import that was broken off goes on behind the row that it had come to.
    const from = earlier?.state === 'running' ? earlier.position + 1 : 0;
    const verdicts: Verdict[] = [];
    // Also while there is a problem: who is to say what a column is has to see what is in it.
    await tryImport(call.database, source, withSome(plan, from, SHOWN), (verdict) => {
      verdicts.push(verdict);
    });
    // The others would be made, and were not.
    const known = verdicts.filter(({ admission }) => admission.matched_on.length > 0);
    call.saw(known.flatMap(({ admission }) => admission.prospect_id ?? []));
    return {
      nom: file.nom,
      ...describe(plan.file),
      rows: plan.rows,
      columns: plan.columns.map(({ title, use, own }) => ({ title, use, own: own !== undefined })),
      items: verdicts.map((verdict) => present(verdict, plan.columns.length)),
      problem,
      earlier:
        earlier && earlier.state !== 'undone'
          ? { import_id: earlier.id, state: earlier.state, started_at: earlier.started_at }
          : null,
    };
  });

const describe = ({
  format,
  encoding,
  separator,
  sheet,
  otherSheets = [],
  hasHeader,
}: RowFile) => ({
  format,
  encoding: encoding ?? null,
  separator: separator ?? null,
  sheet: sheet ?? null,
  other_sheets: [...otherSheets],
  has_header: hasHeader,
});

/** The same plan with only so many rows, from a line on. */
const withSome = (plan: ImportPlan, from: number, most: number): ImportPlan => ({
  ...plan,
  file: {
    ...plan.file,
    async *rows() {
      let left = most;
      for await (const row of plan.file.rows(from)) {
        yield row;
        left -= 1;
        if (left === 0) return;
      }
    },
  },
});

function present({ row, admission }: Verdict, columns: number) {
  const { outcome, repeated, matched_on, prospect_id, reasons } = admission;
  // A row may have fewer cells than there are columns, and more.
  const blank = Array.from({ length: Math.max(0, columns - row.cells.length) }, () => '');
  return {
    line: row.line,
    cells: [...row.cells, ...blank],
    outcome,
    repeated,
    known: prospect_id === null ? null : matched_on.length > 0,
    reasons: reasons.map(presentSuggestion),
  };
}
