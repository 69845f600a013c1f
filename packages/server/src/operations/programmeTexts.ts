import { fold } from '../intake/fields.ts';
import { invalidParameter } from '../refusal.ts';

/** Texts as they are compared: one that has neither a letter nor a digit names nothing. */
export function foldedTexts(parameter: string, texts: readonly string[]): string[] {
  return texts.map((text) => {
    const folded = fold(text);
    if (folded === '') throw invalidParameter(parameter, 'must hold texts with letters or digits');
    return folded;
  });
}

/** Texts with the programme that each names, folded; one text may not name two. */
export function foldedProgrammes(
  parameter: string,
  pairs: readonly { readonly text: string; readonly programmeId: number }[],
): Map<string, number> {
  const texts = foldedTexts(
    parameter,
    pairs.map(({ text }) => text),
  );
  const programmes = new Map(texts.map((text, index) => [text, pairs[index]?.programmeId ?? 0]));
  if (programmes.size < texts.length) {
    throw invalidParameter(
      parameter,
      'must hold each text once; case, marks and signs do not count',
    );
  }
  return programmes;
}
