import { pluralEn } from '../../lib/plural.ts';
import type { lists as french } from '../fr/lists.ts';

const keys = (count: number) => pluralEn(count, 'key', 'keys');
const sources = (count: number) => pluralEn(count, 'source', 'sources');
const programmes = (count: number) => pluralEn(count, 'programme', 'programmes');
const demandes = (count: number, more: boolean) =>
  `${more ? 'more than ' : ''}${pluralEn(count, 'enquiry', 'enquiries')}`;

export const lists: typeof french = {
  title: 'Programmes and lists',
  tabs: {
    programmes: 'Programmes',
    regions: 'Regions',
    statuts: 'Statuts',
    origines: 'Origins',
    types_contact: 'Types of contact',
    types_action: 'Types of action',
  },
  columns: {
    nom: 'Name',
    designation: 'Name',
    ville: 'Town',
    region: 'Region',
    demandes: 'Enquiries',
    sources: 'Sources',
    programmes: 'Programmes',
    keys: 'Keys',
    id: 'No.',
    handedOut: 'Handed to clients',
  },
  search: 'Name, town, number…',
  handedOut: 'Yes, by a key',
  handedOutExplained:
    'A valid key pulls from this statut: every contact that gets it is handed to the client.',
  none: {
    programmes: {
      title: 'No programme yet',
      text: 'Each enquiry is about a programme, and its region decides who receives it. Create its regions first.',
    },
    regions: {
      title: 'No region yet',
      text: 'Programmes lie in regions, and each key sees some of them.',
    },
    designations: {
      title: 'This list is empty',
      text: 'Enquiries need it: add a first entry.',
    },
  },
  notFound: {
    title: 'Nothing matches',
    text: 'Check the spelling or remove a filter.',
    clear: 'Clear the filters',
  },
  create: {
    programmes: 'New programme',
    regions: 'New region',
    statuts: 'New statut',
    origines: 'New origin',
    types_contact: 'New type of contact',
    types_action: 'New type of action',
  },
  edit: 'Edit',
  rename: 'Rename',
  remove: 'Delete',
  move: 'Change its region',
  gone: 'This no longer exists.',
  choose: 'Choose…',
  missing: 'Please fill in',
  saved: 'Saved.',
  removed: 'Deleted.',
  taken: (by) => `Another entry has this name: “${by}”.`,
  sees: {
    regions: 'Keys of all regions will see this one too.',
    designations: 'Clients see the new name from their next request on.',
    programmes: 'Clients see the new name from their next request on.',
  },
  delete: {
    title: (nom) => `Delete “${nom}”?`,
    effects: {
      programmes: 'The programme disappears from the lists and from the API.',
      regions: 'The region disappears from the lists and from the API.',
      designations: 'The entry disappears from the list.',
    },
    final: 'This is for good. It is refused while something refers to it.',
    inUse: (uses) => `Cannot be deleted: ${uses.join(' and ')} refer to it.`,
    inUseOne: (use) => `Cannot be deleted: ${use} refers to it.`,
  },
  uses: { keys, sources, programmes, demandes },
  moving: {
    title: (nom) => `Change the region of ${nom}`,
    to: 'New region',
    weighing: 'Working out what it does…',
    moves: (count) =>
      count === 0
        ? 'No enquiry changes its region.'
        : `${pluralEn(count, 'enquiry moves', 'enquiries move')} with it.`,
    ready: (count) =>
      count === 0
        ? 'No contact waits to be pulled.'
        : `${pluralEn(count, 'contact that is ready', 'contacts that are ready')} will be handed out by the new region.`,
    losing: (clients) => `No longer see it: ${clients}.`,
    gaining: (clients) => `See it from now on: ${clients}.`,
    sameClients: 'The same clients see it before and after.',
    pulled: 'What was pulled stays with its client.',
    verb: 'Change its region',
    done: 'Region changed.',
  },
};
