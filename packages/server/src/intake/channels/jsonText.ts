const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;

/**
 * The text of a scalar, or of a list of scalars apart by commas; empty for null. Undefined for
 * what has members of its own.
 */
export function scalarText(value: unknown): string | undefined {
  if (value === null || value === undefined) return '';
  if (isScalar(value)) return String(value);
  if (!Array.isArray(value) || !value.every(isScalar)) return undefined;
  return value
    .filter((item) => item !== null)
    .map(String)
    .join(', ');
}

/** A value of JSON as its JSON text; where it is nested too deeply for that, its scalars. */
export function wholeText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch (error) {
    if (error instanceof RangeError) return scalarsOf(value).join(', ');
    throw error;
  }
}

/** Without recursion: JSON.parse reads deeper than the stack is. */
function scalarsOf(value: unknown): string[] {
  const found: string[] = [];
  const open = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'object' && next !== null) {
      // Backwards, since the last one in is the first one out.
      for (const inner of Object.values(next).reverse()) open.push(inner);
    } else if (next !== null) {
      found.push(String(next));
    }
  }
  return found;
}
