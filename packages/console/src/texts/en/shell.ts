import type { shell as french } from '../fr/shell.ts';

export const shell: typeof french = {
  skip: 'Skip to the content',
  navigation: 'Main navigation',
  openNavigation: 'Open the navigation',
  groups: { work: 'Every day', setup: 'Settings', control: 'Control' },
  search: 'Search…',
  searchEverything: 'Go to a screen or run an action',
  nothingFound: 'No result',
  screens: 'Screens',
  actions: 'Actions',
  docs: 'API documentation',
  database: 'CRM database',
  test: 'Test',
  testExplained: 'A trial database: nothing in it reaches a real client.',
  noDatabase: {
    title: 'No CRM database',
    text: 'Create one on the server with “relais database create <name>”.',
  },
  unknownDatabase: {
    title: 'There is no such CRM database',
    text: 'Choose one from the list.',
  },
  account: 'Your account',
  profile: 'Profile and security',
  signOut: 'Sign out',
  theme: { name: 'Theme', auto: 'As the system', light: 'Light', dark: 'Dark' },
  language: 'Language',
  roles: {
    admin: 'Admin',
    operateur: 'Operator',
    lecture: 'Read only',
    dpo: 'Data protection',
  },
  shortcuts: { title: 'Keyboard shortcuts', help: 'Show the shortcuts', andThen: 'then' },
  noSuchPage: {
    title: 'No such page',
    text: 'The address may be incomplete, or the page has moved.',
    home: 'Back to the start',
  },
};
