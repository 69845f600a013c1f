import type { LoadRecord } from '@relais/contract';
import { plain } from './names.ts';
import type { Programme } from './programmes.ts';
import type { Random } from './random.ts';

type Campaign = Pick<
  LoadRecord<'actions'>,
  'utm_source' | 'utm_medium' | 'utm_campaign' | 'utm_term' | 'utm_content' | 'gclid' | 'fbclid'
>;

type Enquiry = { random: Random; programme: Programme; at: Date };

/** A way in: what it is called, how often it is used, and what it knows of a lead. */
export type Channel = {
  weight: number;
  idOrigine: number;
  idTypeContact: number;
  idTypeActions: number[];
  /** Who wrote the comment: the person in a form, the person's answers, or the agency. */
  writer: 'message' | 'answers' | 'note';
  reference?: (random: Random, idAction: number, at: Date) => string;
  campaign?: (enquiry: Enquiry) => Campaign;
};

const DIGITS = '0123456789';
const CLICK_ID = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';

const google = ({ random, programme }: Enquiry): Campaign => ({
  utm_source: 'google',
  utm_medium: 'cpc',
  utm_campaign: `${plain(programme.nom)}-search`,
  utm_term: `${random.pick(['programme neuf', 'appartement neuf', 't3 neuf', 'achat neuf'])} ${programme.ville.toLocaleLowerCase('fr')}`,
  utm_content: random.pick(['annonce-a', 'annonce-b', 'extension-visite']),
  gclid: `Cj0KCQ${random.text(CLICK_ID, 58)}`,
});

const meta = ({ random, programme }: Enquiry): Campaign => ({
  utm_source: 'meta',
  utm_medium: 'paid_social',
  utm_campaign: `${plain(programme.nom)}-prospects`,
  utm_content: random.pick(['carrousel-t3', 'video-chantier', 'image-terrasse', 'story-visite']),
  fbclid: `IwAR${random.text(CLICK_ID, 57)}`,
});

const newsletter = ({ random, at }: Enquiry): Campaign => ({
  utm_source: 'newsletter',
  utm_medium: 'email',
  utm_campaign: `lettre-${at.toISOString().slice(0, 7)}`,
  utm_content: random.pick(['bouton-visite', 'avant-premiere', 'pied-de-page']),
});

const form = (_random: Random, idAction: number, at: Date) =>
  `form-${at.getUTCFullYear()}-${String(idAction).padStart(6, '0')}`;

const website = { idOrigine: 1, idTypeContact: 1, writer: 'message', reference: form } as const;

export const channels: Channel[] = [
  { ...website, weight: 22, idTypeActions: [1, 1, 2, 3, 5, 7] },
  { ...website, weight: 12, idTypeActions: [1, 1, 2, 5], campaign: google },
  { ...website, weight: 4, idTypeActions: [1, 2], campaign: meta },
  {
    ...website,
    weight: 17,
    idOrigine: 2,
    idTypeActions: [1, 2, 3, 6],
    reference: (random) => `gads-${random.text(`${DIGITS}abcdef`, 20)}`,
    campaign: google,
  },
  {
    ...website,
    weight: 21,
    idOrigine: 3,
    idTypeActions: [2, 2, 3, 6],
    writer: 'answers',
    reference: (random) => `l:${random.pick(['17', '18', '23'])}${random.text(DIGITS, 14)}`,
    campaign: meta,
  },
  {
    ...website,
    weight: 9,
    idOrigine: 4,
    idTypeContact: 3,
    idTypeActions: [1, 2, 5],
    reference: (random) => `PN-${random.text(DIGITS, 8)}`,
  },
  { ...website, weight: 6, idOrigine: 5, idTypeActions: [2, 4, 7], campaign: newsletter },
  { weight: 4, idOrigine: 6, idTypeContact: 2, idTypeActions: [3, 4, 6], writer: 'note' },
  { weight: 2, idOrigine: 7, idTypeContact: 5, idTypeActions: [2, 4, 6], writer: 'note' },
  { weight: 1, idOrigine: 8, idTypeContact: 2, idTypeActions: [1, 4], writer: 'note' },
  { weight: 2, idOrigine: 9, idTypeContact: 4, idTypeActions: [4, 5, 7], writer: 'note' },
];
