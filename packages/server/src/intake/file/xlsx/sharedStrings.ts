import { RichText } from './richText.ts';
import { TextTable } from './textTable.ts';
import { readXml } from './xml.ts';
import { MOST_SHEET_BYTES, type Zip } from './zip.ts';

/** The texts that cells share, by their numbers. */
export async function readSharedStrings(zip: Zip, part: string | undefined): Promise<TextTable> {
  const table = new TextTable();
  if (part === undefined || !zip.has(part)) return table;
  const text = new RichText();
  await readXml(zip.read(part, MOST_SHEET_BYTES), {
    open: (name) => text.open(name),
    text: (piece) => text.add(piece),
    close(name) {
      text.close(name);
      if (name === 'si') table.add(text.take());
    },
  });
  return table;
}
