const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs;

/**
 * Names the first member that an object of this JSON text gives twice, at any depth; undefined
 * when there is none. The text was accepted by JSON.parse. Names are compared decoded.
 */
export function duplicateMember(text: string): string | undefined {
  // One entry per open object or array: the names seen so far, or null for an array.
  const open: (Set<string> | null)[] = [];
  let nameExpected = false;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{') {
      open.push(new Set());
      nameExpected = true;
    } else if (token === '[') {
      open.push(null);
      nameExpected = false;
    } else if (token === '}' || token === ']') {
      open.pop();
      nameExpected = false;
    } else if (token === ',') {
      nameExpected = open.at(-1) !== null;
    } else if (token === ':') {
      nameExpected = false;
    } else if (nameExpected) {
      const names = open.at(-1);
      const name = JSON.parse(token) as string;
      if (names?.has(name)) return name;
      names?.add(name);
    }
  }
  return undefined;
}
