import type { account } from '../../texts/fr/account.ts';

type Texts = (typeof account)['password'];

const LEAST = 12;

/** What is wrong with a password that somebody chooses; null for nothing. The server knows more. */
export const passwordFault = (password: string, texts: Texts): string | null => {
  if (password === '') return texts.missing;
  return password.normalize('NFC').length < LEAST ? texts.tooShort : null;
};

/** Why the server refuses a password that somebody chooses, where we have words of our own. */
export const refusedPassword = (rule: string, texts: Texts): string | undefined => {
  if (rule.includes('e-mail address')) return texts.own;
  if (rule.includes('different characters')) return texts.pattern;
  return rule.includes('breach') ? texts.breached : undefined;
};
