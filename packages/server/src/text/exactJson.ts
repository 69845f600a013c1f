/** What V8 hands a reviver beyond the value; TypeScript's own types do not know it yet. */
interface Context {
  /** The text of a scalar as it stood in the JSON. */
  readonly source?: string;
}

/**
 * `JSON.parse`, where a number that JavaScript can not hold is given as its text: ad platforms
 * send ids above 2^53 as numbers.
 *
 * @throws SyntaxError as `JSON.parse` does, and where the text is nested too deeply to be read.
 */
export function parseExactJson(text: string): unknown {
  try {
    return JSON.parse(text, exact);
  } catch (error) {
    // The reviver goes down the value by recursion.
    if (error instanceof RangeError) throw new SyntaxError('The JSON is nested too deeply.');
    throw error;
  }
}

function exact(_name: string, value: unknown, context?: Context): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  const inexact = /^-?\d+$/.test(context.source)
    ? !Number.isSafeInteger(value)
    : !Number.isFinite(value);
  return inexact ? context.source : value;
}
