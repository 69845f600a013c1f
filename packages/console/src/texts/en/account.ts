import { pluralEn } from '../../lib/plural.ts';
import type { account as french } from '../fr/account.ts';

export const account: typeof french = {
  signIn: {
    title: 'Sign in',
    heading: 'Sign in to Relais',
    email: 'E-mail address',
    password: 'Password',
    submit: 'Sign in',
    forgotten: 'Forgot your password? Ask an admin for a new link.',
  },
  secondFactor: {
    title: 'Two-step verification',
    text: 'Type the code that your app shows, or a recovery code.',
    code: 'Code',
    submit: 'Verify',
    back: 'Back to the sign-in',
    codesLeft: (count) => `You have ${pluralEn(count, 'recovery code', 'recovery codes')} left.`,
  },
  invitation: {
    title: 'Your access',
    heading: 'Choose your password',
    firstAdmin: 'Create the first admin account',
    as: (role) => `Your role: ${role}`,
    resetsTwoFactor: 'Two-step verification will be turned off: turn it on again afterwards.',
    nom: 'Your name',
    submit: 'Save and sign in',
    invalid: 'This link no longer works',
    invalidText: 'A link works once and expires after some days. Ask an admin for a new one.',
    toSignIn: 'Go to the sign-in',
  },
  password: {
    title: 'Password',
    about: 'Changing it signs your other devices out.',
    current: 'Current password',
    next: 'New password',
    rule: 'At least 12 characters: a phrase does very well.',
    tooShort: 'It needs at least 12 characters.',
    wrong: 'This is not your password.',
    missing: 'Fill this in',
    submit: 'Change the password',
    done: (ended) =>
      ended === 0
        ? 'Password changed.'
        : `Password changed; ${pluralEn(ended, 'other session ended', 'other sessions ended')}.`,
  },
  profile: {
    title: 'Profile and security',
    nom: 'Name',
    email: 'E-mail address',
    role: 'Role',
  },
  twoFactor: {
    title: 'Two-step verification',
    on: 'On',
    off: 'Off',
    about:
      'At sign-in a code from your phone is asked for beside the password. Recommended for everyone.',
    begin: 'Turn on',
    scan: 'Scan this code with your app (Google Authenticator, 1Password, Aegis…).',
    qr: 'QR code to scan with the app',
    secret: 'Or type this key',
    code: 'Then type the code that it shows',
    codeRule: 'The code has 6 digits.',
    confirm: 'Turn on',
    codes: 'Recovery codes',
    codesText: 'Each stands in once for the code of the phone. Keep them in a safe place.',
    end: 'Turn off',
    endTitle: 'Turn two-step verification off?',
    endEffects: [
      'The password alone will be enough to sign in.',
      'Your recovery codes will be lost.',
    ],
    ended: 'Two-step verification is off.',
  },
  sessions: {
    title: 'Open sessions',
    about: 'The browsers in which you are signed in.',
    current: 'This one',
    lastSeen: 'Last seen',
    since: (when) => `since ${when}`,
    end: 'Sign out',
    ended: 'Session ended.',
    unknownBrowser: 'Unknown browser',
  },
};
