import type { Random } from './random.ts';

const list = (names: string) => names.split(',').map((name) => name.trim());

const PRENOMS = {
  'M.': list(`Jean-Noël, François, Loïc, Mickaël, Théo, Raphaël, Benoît, Jérôme, Cédric, Stéphane,
    Grégory, Aurélien, Gaël, Joël, Noé, Mathéo, Jean-François, Pierre-Yves, Mohamed, Mehdi, Karim,
    Youssef, Ibrahima, Ousmane, Emre, Minh, Antoine, Nicolas, Julien, Thomas, Alexandre, Maxime,
    Romain, Philippe, Christophe, Laurent, Olivier, Gérard, Bernard, Rémi, Hervé, Yann, Erwan,
    Tanguy, Côme, Léo, Hugo, Étienne, Éric, Frédéric, Sébastien, Clément, Jean-Baptiste, Anicet,
    Paulo, Rafael, David, Samuel, Xavier, Guillaume`),
  Mme: list(`Éloïse, Zoé, Chloé, Léa, Inès, Anaïs, Hélène, Céline, Stéphanie, Aurélie, Amélie,
    Émilie, Mélanie, Noémie, Élodie, Marie-Thérèse, Anne-Sophie, Marie-Claire, Maëlle, Gaëlle,
    Solène, Océane, Fatima, Aïcha, Khadija, Nadia, Aminata, Fatou, Linh, Zeynep, Camille, Sophie,
    Nathalie, Isabelle, Valérie, Sandrine, Julie, Pauline, Manon, Clémence, Agnès, Françoise,
    Thérèse, Bérénice, Cécile, Éléonore, Apolline, Nolwenn, Enora, Sarah, Laëtitia, Gwénaëlle,
    Maud, Alizée, Marie-Ange, Teresa, Joëlle, Véronique, Sylvie, Claire`),
};

const NOMS =
  list(`Martin, Bernard, Thomas, Petit, Robert, Richard, Durand, Moreau, Laurent, Lefèvre,
  Lefebvre, Leroy, Roux, Fournier, Girard, Bonnet, Mercier, François, Blanc, Guérin, Muller, Faure,
  Rousseau, Gauthier, Chevalier, Garnier, Lemaître, Béranger, Barthélemy, Noël, Hébert, Prévost,
  Lebœuf, Maréchal, Perréol, Chastaing, Desmarêts, Besançon, Vallée, Deschênes, Crêpieux, Châtelain,
  Le Goff, Le Gall, Le Bihan, Kervella, Quéméneur, Guéguen, L'Hostis, L'Helgouac'h, Le Dû,
  D'Hérouville, d'Aubigny, de Kermadec, de Saint-Aubin, du Plessis, de La Brosse, des Aulnays,
  Garnier-Dubois, Petit-Jean, Roche-Lambert, Saint-Martin, Moreau-Viguié, N'Diaye, N'Guessan,
  M'Barek, Diallo, Traoré, Koné, Coulibaly, Ouédraogo, Benali, El Amrani, Ben Youssef, Bouzid,
  Haddad, Aït Ahmed, Çelik, Yıldız, Öztürk, Şahin, Nguyễn, Trần, Lê, Phạm, Da Silva, Gonçalves,
  Araújo, García, Muñoz, Rodríguez, Nowak, Rossi, D'Angelo, Esposito, Hoarau, Payet, Grondin,
  Rivière, Técher, Maillot, Etcheverry, Etchegaray, Ibarra, Fabre, Cazenave, Puig, Vidal, Cohen,
  Lévy, Schmitt, Weiss, Bœuf, Fuentès, Andriamanana, Rakotoarisoa, Peñalver, Jaïn, Popescu`);

export type Name = { civilite: 'M.' | 'Mme' | null; prenom: string; nom: string };

/** A person's name as a form brings it: most with a title, a few typed in capitals or without. */
export function name(random: Random): Name {
  const civilite = random.pick(['M.', 'Mme'] as const);
  const prenom = random.pick(PRENOMS[civilite]);
  const nom = random.pick(NOMS);
  const typed = random.next();
  return {
    civilite: random.chance(0.18) ? null : civilite,
    prenom: typed < 0.03 ? prenom.toLocaleLowerCase('fr') : prenom,
    nom:
      typed < 0.03 ? nom.toLocaleLowerCase('fr') : typed < 0.15 ? nom.toLocaleUpperCase('fr') : nom,
  };
}

/** The letters that Unicode does not take apart into a base letter and an accent. */
const LETTERS: Record<string, string> = { œ: 'oe', æ: 'ae', ı: 'i' };

/** Lower case letters, digits and single hyphens: "L'Écrin d'Émeraude" is `lecrin-demeraude`. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[œæı]/g, (letter) => LETTERS[letter] ?? '')
    .replace(/[\p{M}'’]/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
