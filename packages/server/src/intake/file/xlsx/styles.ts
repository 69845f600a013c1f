import { attribute, readXml } from './xml.ts';
import { MOST_PART_BYTES, type Zip } from './zip.ts';

/** How a style shows a number, as far as it changes what the number means. */
export interface NumberFormat {
  readonly date: boolean;
  /** Zeros are put in front up to so many digits, as for a postcode or a telephone. */
  readonly digits: number;
}

export const PLAIN: NumberFormat = { date: false, digits: 0 };
const DATE: NumberFormat = { date: true, digits: 0 };

/** The number formats of a workbook by the number of the style, `s` of a cell. */
export async function readStyles(zip: Zip, part: string | undefined): Promise<NumberFormat[]> {
  const formats = new Map<number, NumberFormat>();
  const styles: NumberFormat[] = [];
  let inCellStyles = false;
  if (part === undefined || !zip.has(part)) return styles;
  await readXml(zip.read(part, MOST_PART_BYTES), {
    open(name, attributes) {
      if (name === 'cellXfs') inCellStyles = true;
      const id = Number(attribute(attributes, 'numFmtId') ?? 0);
      if (name === 'numFmt') formats.set(id, formatOf(attributes.formatCode ?? ''));
      if (name === 'xf' && inCellStyles) styles.push(formats.get(id) ?? builtIn(id));
    },
    close(name) {
      if (name === 'cellXfs') inCellStyles = false;
    },
  });
  return styles;
}

/** Formats that need no code in the file (ECMA-376, 18.8.30), East Asian dates included. */
const builtIn = (id: number): NumberFormat =>
  (id >= 14 && id <= 22) ||
  (id >= 27 && id <= 36) ||
  id === 45 ||
  id === 47 ||
  (id >= 50 && id <= 58)
    ? DATE
    : PLAIN;

/** What a format code makes of a number. Its letters are English in every language of Excel. */
export function formatOf(code: string): NumberFormat {
  const bare = code
    // Texts in quotes, characters escaped, skipped or repeated, and colours, locales, conditions.
    .replaceAll(/"[^"]*"|[\\_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .split(';', 1)
    .join('');
  // [h]:mm is a length of time.
  if (/\[/.test(bare)) return PLAIN;
  if (/[ymdhs]/i.test(bare) && !/^(general|standard)$/i.test(bare)) return DATE;
  const places = bare.replaceAll(/[\s.\-()+]/g, '');
  if (!/^#*0[#0]*$/.test(places)) return PLAIN;
  const digits = places.length - places.indexOf('0');
  return digits > 1 ? { date: false, digits } : PLAIN;
}
