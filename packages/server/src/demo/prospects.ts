import type { LoadRecord } from '@relais/contract';
import { type Name, name, plain } from './names.ts';
import { adresse, type Region } from './places.ts';
import type { Random } from './random.ts';

export type Person = Omit<LoadRecord<'prospects'>, 'id'> & { created_at: string };

/** ARCEP's mobile range for fiction, in metropolitan France and lent to La Réunion. */
const MOBILE = '+3363998';

/**
 * Makes people who live in a region, no two with the same telephone or e-mail. A few are without
 * a telephone or without an e-mail, none without both.
 */
export function prospects(random: Random) {
  const telephone = telephones(random);
  const email = emails(random);
  return (region: Region, called: boolean, at: Date): Person => {
    const who = name(random);
    const reach = random.next();
    const mobile = region.fixe === null || random.chance(0.86);
    const town = random.pick(region.towns);
    const located = random.chance(0.86);
    return {
      ...who,
      telephone: reach < 0.07 && !called ? null : telephone(mobile ? MOBILE : region.fixe),
      email: reach > (called ? 0.6 : 0.88) ? null : email(who),
      adresse: located && random.chance(0.45) ? adresse(random) : null,
      code_postal: located ? random.pick(town.postcodes) : null,
      ville: located || random.chance(0.5) ? town.nom : null,
      pays: 'FR',
      created_at: at.toISOString(),
    };
  };
}

/** Each number of a range once: the step has no factor in common with the 10,000 there are. */
function telephones(random: Random) {
  const start = random.int(0, 9_999);
  const used = new Map<string, number>();
  return (range: string | null): string => {
    const prefix = range ?? MOBILE;
    const count = used.get(prefix) ?? 0;
    if (count === 10_000) throw new Error(`no number of ${prefix} is left`);
    used.set(prefix, count + 1);
    return `${prefix}${String((start + count * 4_211) % 10_000).padStart(4, '0')}`;
  };
}

function emails(random: Random) {
  const used = new Set<string>();
  return (who: Name): string => {
    const prenom = plain(who.prenom);
    const nom = plain(who.nom);
    const domain = random.pick(['example.com', 'example.com', 'example.fr', 'example.org']);
    const local = random.pick([
      `${prenom}.${nom}`,
      `${prenom}.${nom}`,
      `${prenom.charAt(0)}.${nom}`,
      `${nom}.${prenom}`,
      `${prenom}${random.int(50, 99)}`,
    ]);
    let email = `${local}@${domain}`;
    while (used.has(email)) email = `${local}${random.int(1, 999)}@${domain}`;
    used.add(email);
    return email;
  };
}
