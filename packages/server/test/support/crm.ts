import type { LoadDocument, LoadRecord } from '@relais/contract';

/** The statuts of `smallCrm`. */
export const QUALIFY = 1;
export const READY = 2;
export const PULLED = 3;

const lists = () =>
  ({
    statuts: [
      { id: QUALIFY, designation: 'À qualifier' },
      { id: READY, designation: 'À transmettre' },
      { id: PULLED, designation: 'Transmis' },
    ],
    origines: [{ id: 1, designation: 'Website form' }],
    types_contact: [{ id: 1, designation: 'Inbound Lead' }],
    types_action: [{ id: 1, designation: 'Contact request' }],
  }) satisfies LoadDocument;

/** The data of the published page: two regions, a programme, and Jean Dupont, ready to pull. */
export const publishedCrm = (): LoadDocument => ({
  ...lists(),
  regions: [
    { id: 30, nom: 'Occitanie' },
    { id: 62, nom: "Provence-Alpes-Côte d'Azur" },
  ],
  programmes: [{ id: 145, idRegion: 30, nom: "Les Jardins de l'Aube" }],
  prospects: [
    {
      id: 5002,
      nom: 'Dupont',
      prenom: 'Jean',
      telephone: '+33612345678',
      email: 'jean@email.com',
    },
  ],
  actions: [
    {
      id: 1045,
      idProspect: 5002,
      idProgramme: 145,
      idStatut: READY,
      idOrigine: 1,
      idTypeContact: 1,
      idTypeAction: 1,
      created_at: '2026-11-23T08:00:00Z',
      ready_at: '2026-11-23T08:05:00Z',
    },
  ],
});

/** The programme of a region in `queueCrm`. */
export const programmeOf = (region: number): number => 100 + region;

/**
 * `count` ready actions, numbered from 1, ready one second apart, dealt to the regions in turn.
 * Each region has one programme, `programmeOf(region)`.
 */
export function queueCrm(count: number, regions: readonly number[] = [30, 62]): LoadDocument {
  const start = Date.UTC(2026, 0, 1);
  const actions: LoadRecord<'actions'>[] = [];
  for (let id = 1; id <= count; id += 1) {
    const region = regions[(id - 1) % regions.length] ?? 0;
    const at = new Date(start + id * 1000).toISOString();
    actions.push({
      id,
      idProspect: id,
      idProgramme: programmeOf(region),
      idStatut: READY,
      created_at: at,
      ready_at: at,
    });
  }
  return {
    ...lists(),
    regions: regions.map((id) => ({ id, nom: `Région ${id}` })),
    programmes: regions.map((id) => ({
      id: programmeOf(id),
      idRegion: id,
      nom: `Programme ${id}`,
    })),
    prospects: actions.map(({ id }) => ({ id, nom: `Nom ${id}`, email: `p${id}@example.com` })),
    actions,
  };
}
