import { type ZipEntry, zipOf } from './zip.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATED = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** What an XLSX file is made of, as XML: `rows` is what stands in `sheetData`. */
export interface XlsxParts {
  readonly rows: string;
  /** The references of its merged cells. */
  readonly merged?: readonly string[];
  /** The inside of `sst`, of `styleSheet` and of `workbook` before its sheets. */
  readonly strings?: string;
  readonly styles?: string;
  readonly properties?: string;
  /** More sheets, before the one with the rows: a name and a state, such as `hidden`. */
  readonly before?: readonly (readonly [name: string, state: string, rows: string])[];
  /** Entries besides or instead. */
  readonly entries?: Readonly<Record<string, ZipEntry>>;
}

/** An XLSX file whose last sheet is called Leads. */
export function xlsxOf(parts: XlsxParts): Buffer {
  const sheets = [...(parts.before ?? []), ['Leads', 'visible', parts.rows] as const];
  const merged = parts.merged?.map((reference) => `<mergeCell ref="${reference}"/>`) ?? [];
  const listed = sheets.map(
    ([name, state], index) =>
      `<sheet name="${name}" sheetId="${index + 1}" state="${state}" r:id="rId${index + 1}"/>`,
  );
  const related = [
    ...sheets.map((_, index) => relationship(`rId${index + 1}`, 'worksheet', sheetPart(index))),
    relationship('rId98', 'sharedStrings', 'sharedStrings.xml'),
    relationship('rId99', 'styles', 'styles.xml'),
  ];
  return zipOf({
    '_rels/.rels': relationships([relationship('rId1', 'officeDocument', 'xl/workbook.xml')]),
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATED}">${parts.properties ?? ''}<sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships(related),
    'xl/sharedStrings.xml': `${XML}<sst xmlns="${MAIN}">${parts.strings ?? ''}</sst>`,
    'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}">${parts.styles ?? ''}</styleSheet>`,
    ...Object.fromEntries(
      sheets.map(([, , rows], index) => [
        `xl/${sheetPart(index)}`,
        `${XML}<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData>${
          index === sheets.length - 1 ? `<mergeCells>${merged.join('')}</mergeCells>` : ''
        }</worksheet>`,
      ]),
    ),
    ...parts.entries,
  });
}

const sheetPart = (index: number): string => `worksheets/sheet${index + 1}.xml`;

const relationships = (items: readonly string[]): string =>
  `${XML}<Relationships xmlns="${PACKAGE}">${items.join('')}</Relationships>`;

const relationship = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${RELATED}/${type}" Target="${target}"/>`;
