import { pluralFr } from '../../lib/plural.ts';

export const account = {
  signIn: {
    title: 'Connexion',
    heading: 'Connectez-vous à Relais',
    email: 'Adresse e-mail',
    password: 'Mot de passe',
    submit: 'Se connecter',
    forgotten: 'Mot de passe oublié ? Demandez un nouveau lien à un administrateur.',
  },
  secondFactor: {
    title: 'Vérification en deux étapes',
    text: 'Saisissez le code affiché par votre application, ou un code de secours.',
    code: 'Code',
    submit: 'Vérifier',
    back: 'Revenir à la connexion',
    codesLeft: (count: number) =>
      `Il vous reste ${pluralFr(count, 'code de secours', 'codes de secours')}.`,
    moreCodes:
      'Pour en avoir d’autres, désactivez la vérification en deux étapes dans votre profil, puis réactivez-la.',
    enter: 'Continuer',
  },
  invitation: {
    title: 'Votre accès',
    heading: 'Choisissez votre mot de passe',
    firstAdmin: 'Créez le premier compte administrateur',
    as: (role: string) => `Votre rôle : ${role}`,
    resetsTwoFactor: 'La vérification en deux étapes sera désactivée : réactivez-la ensuite.',
    nom: 'Votre nom',
    submit: 'Enregistrer et se connecter',
    invalid: 'Ce lien n’est plus valable',
    invalidText:
      'Un lien ne sert qu’une fois et expire au bout de quelques jours. Demandez-en un nouveau à un administrateur.',
    toSignIn: 'Aller à la connexion',
  },
  password: {
    title: 'Mot de passe',
    about: 'Le changer déconnecte vos autres appareils.',
    current: 'Mot de passe actuel',
    next: 'Nouveau mot de passe',
    rule: '12 caractères au moins : une phrase convient très bien.',
    tooShort: 'Il faut au moins 12 caractères.',
    own: 'Ni l’adresse e-mail, ni le nom.',
    pattern: 'Il faut au moins 5 caractères différents.',
    breached: 'Ce mot de passe a fuité ailleurs : choisissez-en un autre.',
    wrong: 'Ce n’est pas votre mot de passe.',
    missing: 'À remplir',
    submit: 'Changer le mot de passe',
    done: (ended: number) =>
      ended === 0
        ? 'Mot de passe changé.'
        : `Mot de passe changé ; ${pluralFr(ended, 'autre session fermée', 'autres sessions fermées')}.`,
  },
  profile: {
    title: 'Profil et sécurité',
    nom: 'Nom',
    email: 'Adresse e-mail',
    role: 'Rôle',
  },
  twoFactor: {
    title: 'Vérification en deux étapes',
    on: 'Activée',
    off: 'Désactivée',
    about:
      'À la connexion, un code de votre téléphone est demandé en plus du mot de passe. Recommandé pour tous.',
    begin: 'Activer',
    required: 'Elle est demandée à tous ici : avec votre mot de passe, un code de votre téléphone.',
    next: 'Continuer',
    scan: 'Scannez ce code avec votre application (Google Authenticator, 1Password, Aegis…).',
    qr: 'Code QR à scanner avec l’application',
    secret: 'Ou saisissez cette clé',
    code: 'Puis saisissez le code affiché',
    codeRule: 'Le code a 6 chiffres.',
    confirm: 'Activer',
    codes: 'Codes de secours',
    codesText: 'Chacun remplace une fois le code du téléphone. Gardez-les en lieu sûr.',
    end: 'Désactiver',
    endTitle: 'Désactiver la vérification en deux étapes ?',
    endEffects: [
      'Le mot de passe seul suffira pour se connecter.',
      'Vos codes de secours seront perdus.',
    ],
    endRequired: [
      'Elle est demandée à tous ici : vous devrez l’activer à nouveau aussitôt, avec ce téléphone ou un autre.',
      'Vos codes de secours seront perdus ; vous en recevrez d’autres.',
    ],
    ended: 'Vérification en deux étapes désactivée.',
  },
  sessions: {
    title: 'Sessions ouvertes',
    about: 'Les navigateurs où vous êtes connecté.',
    current: 'Celle-ci',
    lastSeen: 'Dernière activité',
    since: (when: string) => `depuis le ${when}`,
    end: 'Déconnecter',
    ended: 'Session fermée.',
    unknownBrowser: 'Navigateur inconnu',
  },
};
