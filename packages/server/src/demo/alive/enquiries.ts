import { STATUT } from '../lists.ts';
import { commentaire } from '../messages.ts';
import { name, plain } from '../names.ts';
import { type Region, regions } from '../places.ts';
import { type Programme, programmes } from '../programmes.ts';
import type { Random } from '../random.ts';

/** What is odd about an enquiry. */
export type Twist =
  | 'plain'
  /** Somebody who asked before, about another programme. */
  | 'again'
  /** Somebody who asked before, about the same. */
  | 'joins'
  | 'misspelt'
  | 'unmapped'
  | 'noTelephone'
  | 'mistyped'
  | 'unreachable'
  | 'noConsent'
  | 'robot'
  | 'trial';

export interface Visitor {
  readonly civilite: 'M.' | 'Mme' | null;
  readonly nom: string;
  readonly prenom: string;
  /** As typed. */
  readonly telephone: string;
  readonly email: string;
}

/** Somebody who asks about a programme. What is undefined was left empty. */
export interface Enquiry {
  readonly twist: Twist;
  readonly visitor: Omit<Visitor, 'telephone' | 'email'> & {
    readonly telephone: string | undefined;
    readonly email: string | undefined;
  };
  readonly programme: Programme;
  readonly message: string;
  /** The id of the lead, at doors that have one. */
  readonly id: string;
}

/** Makes the next enquiry, about a programme of these regions; of all unless told. */
export type Enquiries = (
  twist: Twist,
  writer: 'message' | 'answers',
  among?: readonly Region[],
) => Enquiry;

/** How many people may come back: the memory of what runs for days. */
const MOST_KNOWN = 40;

/** An endless stream of people who do not exist. The same random choices make the same people. */
export function enquiries(random: Random): Enquiries {
  const known: { visitor: Visitor; region: Region; programme: Programme }[] = [];

  return (twist, writer, among = regions) => {
    const there = known.filter(({ region }) => among.includes(region));
    const latest = twist === 'joins' ? there.at(-1) : undefined;
    const back = twist === 'again' && there.length > 0 ? random.pick(there) : latest;
    const region = back?.region ?? random.weighted(among);
    const visitor = back?.visitor ?? newcomer(random, region);
    const programme = latest?.programme ?? offered(random, region);
    if (!back && twist === 'plain') known.push({ visitor, region, programme });
    if (known.length > MOST_KNOWN) known.shift();
    const channel = { writer, idOrigine: 1 };
    return {
      twist,
      visitor: { ...visitor, ...reachedBy(twist, visitor) },
      programme,
      message: commentaire(random, { channel, idStatut: STATUT.nouveau, programme }) ?? '',
      id: random.text('0123456789abcdef', 20),
    };
  };
}

function offered(random: Random, region: Region): Programme {
  const own = programmes.filter(({ idRegion }) => idRegion === region.id);
  // The first of a region are the most asked for.
  return own[Math.floor(random.next() ** 1.5 * own.length)] as Programme;
}

function reachedBy(twist: Twist, { telephone, email }: Visitor) {
  switch (twist) {
    case 'noTelephone':
      return { telephone: undefined, email };
    case 'mistyped':
      return { telephone: telephone.slice(0, -1), email };
    case 'unreachable':
      return { telephone: telephone.slice(0, -1), email: undefined };
    default:
      return { telephone, email };
  }
}

/**
 * A fixed line of ARCEP's ranges for fiction. Its range of mobile numbers, 06 39 98, which the
 * loaded data has, is outside the numbering plan that intake reads telephones by.
 */
const FIXED = '+3319900';

function newcomer(random: Random, region: Region): Visitor {
  const who = name(random);
  const digits = `0${(region.fixe ?? FIXED).slice(3)}${random.text('0123456789', 4)}`;
  const pairs = digits.match(/\d\d/g) ?? [];
  return {
    ...who,
    telephone: pairs.join(random.pick([' ', ' ', '.', ''])),
    email: `${plain(who.prenom)}.${plain(who.nom)}${random.int(100, 9_999)}@${random.pick(['example.com', 'example.fr'])}`,
  };
}
