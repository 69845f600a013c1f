const LEAST = 12;

/** What is wrong with a password that somebody chooses; null for nothing. The server knows more. */
export const passwordFault = (
  password: string,
  texts: { missing: string; tooShort: string },
): string | null => {
  if (password === '') return texts.missing;
  return password.normalize('NFC').length < LEAST ? texts.tooShort : null;
};
