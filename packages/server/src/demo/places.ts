import type { Random } from './random.ts';

type Town = { nom: string; postcodes: string[] };

export type Region = {
  /** A row id of the agency's, and no INSEE code: 30 and 62 are those of the published page. */
  id: number;
  nom: string;
  /** Its share of the leads. */
  weight: number;
  /** What its fixed lines begin with: a range that ARCEP reserves for fiction. */
  fixe: string | null;
  towns: Town[];
};

/** Each town with its postcodes: `Albi 81000, Nice 06000 06100`. */
const towns = (text: string): Town[] =>
  text.split(',').map((entry) => {
    const postcodes = entry.match(/\b\d{5}\b/g) ?? [];
    return { nom: entry.replace(/\d{5}/g, '').trim(), postcodes };
  });

export const regions: Region[] = [
  {
    id: 7,
    nom: 'Île-de-France',
    weight: 15,
    fixe: '+3319900',
    towns: towns(`Paris 75010 75011 75012 75013 75014 75015 75017 75018 75019 75020, Nanterre 92000,
      Boulogne-Billancourt 92100, Saint-Denis 93200, Montreuil 93100, Pantin 93500, Créteil 94000,
      Versailles 78000, Massy 91300, Évry-Courcouronnes 91000, Cergy 95000, Meaux 77100,
      Melun 77000, Bussy-Saint-Georges 77600, L'Haÿ-les-Roses 94240, Rueil-Malmaison 92500,
      Asnières-sur-Seine 92600, Bagneux 92220, Saint-Ouen-sur-Seine 93400, Villejuif 94800`),
  },
  {
    id: 14,
    nom: 'Auvergne-Rhône-Alpes',
    weight: 13,
    fixe: '+3346571',
    towns: towns(`Lyon 69001 69002 69003 69004 69005 69006 69007 69008 69009, Villeurbanne 69100,
      Bron 69500, Caluire-et-Cuire 69300, Vénissieux 69200, Tassin-la-Demi-Lune 69160,
      Grenoble 38000 38100, Annecy 74000, Annemasse 74100, Thonon-les-Bains 74200, Chambéry 73000,
      Aix-les-Bains 73100, Saint-Étienne 42000 42100, Clermont-Ferrand 63000 63100, Valence 26000,
      Bourg-en-Bresse 01000, Ferney-Voltaire 01210, Gex 01170, Annonay 07100`),
  },
  {
    id: 21,
    nom: 'Nouvelle-Aquitaine',
    weight: 9,
    fixe: '+3353649',
    towns: towns(`Bordeaux 33000 33100 33200 33300 33800, Mérignac 33700, Pessac 33600,
      Talence 33400, Bègles 33130, Le Bouscat 33110, Arcachon 33120, La Teste-de-Buch 33260,
      Bayonne 64100, Anglet 64600, Biarritz 64200, Saint-Jean-de-Luz 64500, Pau 64000, Dax 40100,
      La Rochelle 17000, Royan 17200, Niort 79000, Poitiers 86000, Angoulême 16000, Limoges 87000`),
  },
  {
    id: 30,
    nom: 'Occitanie',
    weight: 26,
    fixe: '+3353649',
    towns: towns(`Toulouse 31000 31100 31200 31300 31400 31500, Blagnac 31700, Colomiers 31770,
      Balma 31130, Tournefeuille 31170, L'Union 31240, Montauban 82000, Albi 81000, Auch 32000,
      Montpellier 34000 34070 34080 34090, Castelnau-le-Lez 34170, Lattes 34970, Sète 34200,
      Béziers 34500, Nîmes 30000 30900, Narbonne 11100, Carcassonne 11000, Perpignan 66000 66100,
      Canet-en-Roussillon 66140, Foix 09000, Pamiers 09100, Rodez 12000, Tarbes 65000`),
  },
  {
    id: 38,
    nom: 'Bretagne',
    weight: 6,
    fixe: '+3326191',
    towns: towns(`Rennes 35000 35200 35700, Cesson-Sévigné 35510, Bruz 35170, Fougères 35300,
      Saint-Malo 35400, Dinard 35800, Saint-Brieuc 22000, Lannion 22300, Brest 29200,
      Quimper 29000, Concarneau 29900, Lorient 56100, Auray 56400, Vannes 56000`),
  },
  {
    id: 45,
    nom: 'Pays de la Loire',
    weight: 5,
    fixe: '+3326191',
    towns: towns(`Nantes 44000 44100 44200 44300, Rezé 44400, Saint-Herblain 44800, Orvault 44700,
      Vertou 44120, Saint-Nazaire 44600, La Baule-Escoublac 44500, Pornic 44210,
      Angers 49000 49100, Cholet 49300, Le Mans 72000 72100, Laval 53000, La Roche-sur-Yon 85000,
      Les Sables-d'Olonne 85100`),
  },
  {
    id: 62,
    nom: "Provence-Alpes-Côte d'Azur",
    weight: 22,
    fixe: '+3346571',
    towns: towns(`Marseille 13001 13004 13005 13006 13007 13008 13009 13010 13012 13013,
      Aix-en-Provence 13090 13100, Aubagne 13400, La Ciotat 13600, Martigues 13500, Istres 13800,
      Nice 06000 06100 06200 06300, Antibes 06160 06600, Cannes 06400, Le Cannet 06110,
      Cagnes-sur-Mer 06800, Toulon 83000 83100 83200, Hyères 83400, Six-Fours-les-Plages 83140,
      Fréjus 83600, Saint-Raphaël 83700, Avignon 84000, Manosque 04100, Gap 05000`),
  },
  {
    id: 71,
    nom: 'La Réunion',
    weight: 4,
    fixe: null,
    towns: towns(`Saint-Denis 97400, Sainte-Marie 97438, La Possession 97419, Le Port 97420,
      Saint-Paul 97460, Saint-Leu 97436, L'Étang-Salé 97427, Saint-Louis 97450, Saint-Pierre 97410,
      Le Tampon 97430, Saint-Benoît 97470, Saint-André 97440`),
  },
];

const STREETS =
  `rue de la République, avenue Jean-Jaurès, boulevard Victor-Hugo, impasse des Mûriers,
  chemin de l'Église, place du Marché, allée des Châtaigniers, rue du Général-de-Gaulle,
  quai de l'Hôtel-de-Ville, cours Gambetta, rue Émile-Zola, rue des Frères-Lumière, rue du Sacré-Cœur,
  route de la Forêt, rue du 8-Mai-1945, rue d'Alsace, chemin des Cœurs-Vaillants, rue Molière,
  sentier de la Fontaine, square Général-Leclerc`.split(/,\s*/);

/** A street address such as "12 bis rue d'Alsace", some of them with the flat on a second line. */
export function adresse(random: Random): string {
  const number = `${random.int(1, 180)}${random.chance(0.06) ? ' bis' : ''}`;
  const flat = random.chance(0.08)
    ? `\nBât. ${random.pick(['A', 'B', 'C'])}, appt ${random.int(1, 64)}`
    : '';
  return `${number} ${random.pick(STREETS)}${flat}`;
}
