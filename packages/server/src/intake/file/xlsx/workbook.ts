import { posix } from 'node:path';
import { FileError } from '../fileError.ts';
import { attribute, readXml } from './xml.ts';
import { MOST_PART_BYTES, type Zip } from './zip.ts';

/** A sheet of cells. */
export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  /** The name of its part in the zip. */
  readonly part: string;
}

export interface Workbook {
  readonly sheets: readonly Sheet[];
  /** Whether days are counted from 1904, as Excel for the Mac did. */
  readonly from1904: boolean;
  readonly sharedStrings: string | undefined;
  readonly styles: string | undefined;
}

/** Reads what an XLSX file is made of (ECMA-376, parts 1 and 2). Fails with a FileError. */
export async function readWorkbook(zip: Zip): Promise<Workbook> {
  const part = (await relationships(zip, '')).find(({ type }) => type === 'officeDocument')?.target;
  if (part === undefined || !zip.has(part) || part.endsWith('.bin')) throw notXlsx(zip, part);

  const related = await relationships(zip, part);
  const targetOf = (type: string) => related.find((item) => item.type === type)?.target;
  const sheets: Sheet[] = [];
  let isWorkbook = false;
  let from1904 = false;
  await readXml(zip.read(part, MOST_PART_BYTES), {
    open(name, attributes) {
      if (name === 'workbook') isWorkbook = true;
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
      if (name !== 'sheet') return;
      const id = attribute(attributes, 'id');
      const found = related.find((item) => item.id === id && item.type === 'worksheet');
      // Charts have a sheet, too, which is none of cells.
      if (found === undefined) return;
      const hidden = (attributes.state ?? 'visible') !== 'visible';
      sheets.push({ name: attributes.name ?? '', hidden, part: found.target });
    },
  });
  if (!isWorkbook) throw notXlsx(zip, part);
  return {
    sheets,
    from1904,
    sharedStrings: targetOf('sharedStrings'),
    styles: targetOf('styles'),
  };
}

interface Relationship {
  readonly id: string;
  /** The last word of its URI: the same in the transitional and the strict form. */
  readonly type: string;
  /** The name of a part in the zip. */
  readonly target: string;
}

/** What a part refers to; '' is the file as a whole. */
async function relationships(zip: Zip, part: string): Promise<Relationship[]> {
  const folder = posix.dirname(part);
  const rels = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const found: Relationship[] = [];
  if (!zip.has(rels)) return found;
  await readXml(zip.read(rels, MOST_PART_BYTES), {
    open(name, { Id = '', Type = '', Target = '', TargetMode }) {
      if (name !== 'Relationship' || TargetMode === 'External') return;
      const target = posix.join('/', Target.startsWith('/') ? '' : folder, Target).slice(1);
      found.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), target });
    },
  });
  return found;
}

function notXlsx(zip: Zip, part: string | undefined): FileError {
  if (part?.endsWith('.bin')) {
    return new FileError('This is a binary Excel file (.xlsb); save it as .xlsx.');
  }
  if (zip.has('content.xml')) {
    return new FileError('This is an OpenDocument file (such as .ods); save it as .xlsx or CSV.');
  }
  return new FileError('This is a zip file, but no XLSX file; leads are read from CSV and XLSX.');
}
