import type { columnUses } from '@relais/contract';
import { de } from '../../lib/elided.ts';
import { countFr as counted, pluralFr } from '../../lib/plural.ts';

const uses: Readonly<Record<(typeof columnUses)[number], string>> = {
  civilite: 'Civilité',
  nom: 'Nom',
  prenom: 'Prénom',
  nom_complet: 'Nom complet',
  telephone: 'Téléphone',
  email: 'E-mail',
  adresse: 'Adresse',
  code_postal: 'Code postal',
  ville: 'Ville',
  pays: 'Pays',
  programme: 'Programme',
  commentaire: 'Commentaire',
  consent: 'Consentement',
  createdAt: 'Date de la demande',
  externalId: 'Identifiant externe',
  utm_source: 'utm_source',
  utm_medium: 'utm_medium',
  utm_campaign: 'utm_campaign',
  utm_term: 'utm_term',
  utm_content: 'utm_content',
  gclid: 'gclid',
  fbclid: 'fbclid',
  test: 'Essai',
  hint: 'Indice de programme',
  answer: 'Question et réponse',
  ignore: 'Ne pas importer',
};

export const imports = {
  title: 'Import',
  about: 'Des fichiers CSV ou XLSX, contrôlés ligne par ligne.',
  create: 'Importer un fichier',
  columns: {
    file: 'Fichier',
    source: 'Source',
    state: 'État',
    accepted: 'Nouveaux',
    merged: 'Rattachés',
    quarantined: 'En quarantaine',
    repeated: 'Déjà reçus',
    started: 'Importé',
    by: 'Par',
  },
  states: {
    running: 'En cours',
    stopped: 'Interrompu',
    done: 'Terminé',
    undone: 'Défait',
  },
  none: {
    title: 'Aucun import',
    text: 'Importez les contacts d’un salon, d’un partenaire ou d’un ancien logiciel : rien n’est écrit avant que vous ayez vu le résultat.',
  },
  fresh: {
    title: 'Importer un fichier',
    source: 'Source',
    sourceAbout:
      'Ses règles valent pour les lignes du fichier ; le sens des colonnes est retenu pour elle.',
    choose: 'Choisir…',
    noSource: {
      title: 'Il faut d’abord une source',
      text: 'Une source dit quel premier statut ont les contacts du fichier. Créez-en une du canal « Fichiers ».',
      action: 'Créer une source',
    },
    drop: 'Déposez un fichier CSV ou XLSX ici, ou cliquez pour le choisir',
    dropAbout: (size: string) => `${size} au plus. Rien n’est importé avant votre accord.`,
    file: 'Fichier à importer',
    sending: (file: string) => `Envoi ${de(file)}`,
    tooLarge: (size: string) => `Le fichier dépasse ${size}.`,
    other: 'Autre fichier',
    rows: (count: number) => pluralFr(count, 'ligne', 'lignes'),
    separator: 'Séparateur',
    separators: { ';': 'Point-virgule ;', ',': 'Virgule ,', '\t': 'Tabulation', '|': 'Barre |' },
    encoding: 'Encodage',
    sheet: 'Feuille',
    otherSheets: (names: string) =>
      `Cette feuille seule est importée. D’autres sont remplies : ${names}. Importez-les ensuite, une par une.`,
    noHeader: 'La première ligne est déjà un contact : les colonnes n’ont pas de titre.',
    problem: 'Ce fichier ne peut pas encore être importé',
    noContactColumn:
      'Aucune colonne n’est un téléphone ni une adresse e-mail : dites laquelle l’est.',
    problemHint: 'Corrigez le sens des colonnes, le séparateur ou l’encodage ci-dessous.',
    earlier: {
      done: 'Ce fichier a déjà été importé dans cette source',
      running: 'L’import de ce fichier a été interrompu',
      doneText: 'Pour l’importer à nouveau, défaites d’abord cet import.',
      runningText: 'Lancez-le pour poursuivre là où il s’est arrêté.',
      open: 'Voir l’import',
    },
    preview: 'Aperçu',
    previewAbout: (shown: number, rows: number) =>
      `Ce que l’import ferait ${shown > 1 ? `des ${shown} premières lignes` : 'de la première ligne'}${rows > shown ? `, sur ${counted(rows)}` : ''}.`,
    resumeAbout: (shown: number, rows: number) =>
      `Ce que l’import ferait ${shown > 1 ? `des ${shown} lignes` : 'de la ligne'} où il reprendrait${rows > shown ? `, sur ${counted(rows)}` : ''}.`,
    verdict: 'Résultat',
    line: 'Ligne',
    meaningOf: (title: string) => `Sens de la colonne ${title}`,
    own: 'Colonne de Relais : la ligne corrige un lead en quarantaine.',
    outcomes: {
      accepted: 'Nouveau contact',
      merged: 'Rattaché',
      quarantined: 'Quarantaine',
      discarded: 'Écarté avant',
    },
    repeated: 'Déjà reçu',
    known: 'Personne connue',
    startRows: (count: number) => `Importer ${pluralFr(count, 'ligne', 'lignes')}`,
    resume: 'Poursuivre l’import',
    summary: {
      accepted: (count: number) => pluralFr(count, 'nouveau contact', 'nouveaux contacts'),
      merged: (count: number) => pluralFr(count, 'rattaché', 'rattachés'),
      quarantined: (count: number) => `${count} en quarantaine`,
      discarded: (count: number) => pluralFr(count, 'écarté avant', 'écartés avant'),
    },
  },
  uses,
  one: {
    gone: {
      title: 'Cet import n’existe pas',
      text: 'Il appartient peut-être à une autre base.',
      back: 'Voir les imports',
    },
    about: (source: string) => `dans la source ${source}`,
    progress: 'Avancement',
    result: 'Résultat',
    facts: 'Détails',
    finished: 'Terminé',
    undone: 'Leads repris',
    columns: 'Colonnes',
    stopped: {
      title: 'Import interrompu',
      text: 'Les lignes déjà importées restent. Relancez-le : il reprend où il s’est arrêté.',
      gone: 'Le fichier n’est plus gardé : envoyez-le à nouveau dans la même source.',
      resume: 'Poursuivre…',
    },
    waiting: {
      title: (count: number) =>
        `${pluralFr(count, 'ligne attend', 'lignes attendent')} en quarantaine`,
      text: 'Corrigez-les ici, une à une, ou dans le fichier des lignes à corriger : réimporté dans la même source, il les fait entrer.',
      open: 'Voir la quarantaine',
    },
    again: 'Importer à nouveau',
    undo: 'Défaire l’import',
  },
  undo: {
    title: 'Défaire cet import ?',
    effects: ({
      accepted,
      merged,
      quarantined,
    }: Record<'accepted' | 'merged' | 'quarantined', number>) => [
      ...(accepted > 0
        ? [pluralFr(accepted, 'nouveau contact est retiré.', 'nouveaux contacts sont retirés.')]
        : []),
      ...(merged > 0
        ? [pluralFr(merged, 'rattachement est défait.', 'rattachements sont défaits.')]
        : []),
      ...(quarantined > 0
        ? [`${pluralFr(quarantined, 'ligne quitte', 'lignes quittent')} la quarantaine.`]
        : []),
      'Ce qu’un client a déjà reçu, ce qui a été libéré ou modifié à la main, complété ou renvoyé depuis reste, et sera compté.',
      'Le fichier pourra ensuite être importé à nouveau.',
    ],
    word: 'défaire',
    verb: 'Défaire l’import',
  },
};
