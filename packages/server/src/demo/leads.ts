import { exampleContact, type LoadRecord } from '@relais/contract';
import { type Channel, channels } from './channels.ts';
import { STATUT } from './lists.ts';
import { commentaire } from './messages.ts';
import { type Region, regions } from './places.ts';
import { type Programme, programmes } from './programmes.ts';
import { type Person, prospects } from './prospects.ts';
import { publishedAction, publishedPerson } from './published.ts';
import type { Random } from './random.ts';
import { type Course, timeline } from './timeline.ts';

type Leads = { prospects: LoadRecord<'prospects'>[]; actions: LoadRecord<'actions'>[] };

/** A person, where they live, and what they have asked about so far. */
type Visitor = { person: Person; region: Region; asked: Programme[] };

/**
 * The people and their enquiries. Ids follow the dates, but for the published action: its id is
 * the published one, and the lowest.
 */
export function leads(now: Date, random: Random): Leads {
  const { published, others } = timeline(now.getTime(), random);
  const newcomer = prospects(random);
  const visitors: Visitor[] = [];
  const enquiries = others
    .toSorted((a, b) => a.created - b.created)
    .map((course, index) => {
      const channel = random.weighted(channels);
      let position = returning(course, visitors, random);
      if (position < 0) {
        const region = random.weighted(regions);
        const person = newcomer(region, channel.writer === 'note', new Date(course.created));
        position = visitors.push({ person, region, asked: [] }) - 1;
      }
      const programme = askedAbout(visitors[position] as Visitor, course, random);
      const id = exampleContact.action_id + 1 + index;
      return { position, action: enquiry({ id, course, channel, programme, random }) };
    });

  const jean = publishedPerson(published.created);
  const earlier = visitors.filter(({ person }) => person.created_at < jean.created_at).length;
  const idProspect = (position: number) =>
    exampleContact.prospect_id - earlier + position + (position < earlier ? 0 : 1);
  const people = visitors.map(({ person }, position) => ({ id: idProspect(position), ...person }));
  return {
    prospects: people.toSpliced(earlier, 0, { id: exampleContact.prospect_id, ...jean }),
    actions: [
      publishedAction(published),
      ...enquiries.map(({ position, action }) => ({ ...action, idProspect: idProspect(position) })),
    ],
  };
}

/** Who comes back, -1 for nobody: some with another wish, or with the same one, a duplicate. */
function returning({ idStatut }: Course, visitors: Visitor[], random: Random): number {
  const duplicate = idStatut === STATUT.doublon;
  if (!duplicate && !random.chance(0.115)) return -1;
  const position = visitors.length - random.int(1, Math.min(duplicate ? 12 : 500, visitors.length));
  const visitor = visitors[position];
  return visitor && (duplicate || notYetAsked(visitor).length > 0) ? position : -1;
}

const notYetAsked = ({ region, asked }: Visitor) =>
  programmes.filter((programme) => programme.idRegion === region.id && !asked.includes(programme));

/** The programme last asked about for a duplicate, else another one of the region. */
function askedAbout(visitor: Visitor, { idStatut }: Course, random: Random): Programme {
  const last = visitor.asked.at(-1);
  if (last && idStatut === STATUT.doublon) return last;
  const offered = notYetAsked(visitor);
  // The first of a region are the most asked for.
  const programme = offered[Math.floor(random.next() ** 1.5 * offered.length)] as Programme;
  visitor.asked.push(programme);
  return programme;
}

type Enquiry = {
  id: number;
  course: Course;
  channel: Channel;
  programme: Programme;
  random: Random;
};

function enquiry({ id, course, channel, programme, random }: Enquiry) {
  const at = new Date(course.created);
  const instant = (time: number | undefined) =>
    time === undefined ? null : new Date(time).toISOString();
  return {
    id,
    idProgramme: programme.id,
    idStatut: course.idStatut,
    idOrigine: channel.idOrigine,
    idTypeContact: channel.idTypeContact,
    idTypeAction: random.pick(channel.idTypeActions),
    created_at: at.toISOString(),
    ready_at: instant(course.ready),
    pulled_at: instant(course.pulled),
    commentaire: commentaire(random, {
      channel,
      idStatut: course.idStatut,
      programme,
    }),
    source_reference: channel.reference?.(random, id, at) ?? null,
    ...channel.campaign?.({ random, programme, at }),
  };
}
