const QUOTE = 0x22;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Names the first member that an object of this JSON text gives twice, at any depth; undefined
 * when there is none. The text must have been accepted by JSON.parse. Names are compared decoded:
 * `"a"` and `"\u0061"` are the same. Takes time linear in the text, whatever its depth.
 */
export function duplicateMember(text: string): string | undefined {
  // The names seen in each open object; null for an open array.
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case OPEN_OBJECT:
        open.push(new Set());
        break;
      case OPEN_ARRAY:
        open.push(null);
        break;
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        open.pop();
        break;
      case QUOTE: {
        const end = endOfString(text, at);
        if (isName(text, end)) {
          const names = open.at(-1);
          const name = decode(text.slice(at, end));
          if (names?.has(name)) return name;
          names?.add(name);
        }
        at = end - 1;
      }
    }
  }
  return undefined;
}

/** The place after the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at + 1;
}

/** In JSON a string is a member's name exactly when a colon follows. */
function isName(text: string, end: number): boolean {
  let at = end;
  // Outside strings JSON has nothing at or below U+0020 but white space.
  while (text.charCodeAt(at) <= 0x20) at += 1;
  return text.charCodeAt(at) === COLON;
}

const decode = (literal: string): string =>
  literal.includes('\\') ? (JSON.parse(literal) as string) : literal.slice(1, -1);
