import type { ListedContact } from '@relais/contract';

/** A contact of the person, as it was handed out. */
interface Handed extends Pick<ListedContact, 'action_id' | 'programme_nom'> {
  readonly pulled_at: string;
}

/** The pull that handed it out. */
interface Pull {
  readonly pull_id: string;
  readonly pull_seq: number;
  readonly delivery: 'written' | 'uncertain';
  readonly released_at: string | null;
}

/** Somebody received a contact of the person. */
export interface Handover extends Handed {
  /** null: an older system handed it out, and did not say to whom. */
  readonly client: string | null;
  readonly pull: Pull | undefined;
  /** False once the pull was released; what had been acted on before stays with the client. */
  readonly held: boolean;
}

type Receipt = Handed & Pull & { readonly client_nom: string };
type Action = Pick<
  ListedContact,
  'action_id' | 'programme_nom' | 'pulled_at' | 'pull_id' | 'client_nom'
>;

/** Every time that a contact was handed out, newest first, those of an older system among them. */
export function handoversOf(received: readonly Receipt[], actions: readonly Action[]): Handover[] {
  const pulls = received.map((receipt) => ({
    ...receipt,
    client: receipt.client_nom,
    pull: receipt,
    held: receipt.released_at === null || actions.some((action) => isOf(action, receipt)),
  }));
  const older = actions.flatMap(({ action_id, programme_nom, pulled_at, pull_id, client_nom }) =>
    pulled_at !== null && pull_id === null
      ? [{ action_id, programme_nom, pulled_at, client: client_nom, pull: undefined, held: true }]
      : [],
  );
  return [...pulls, ...older].toSorted((one, other) =>
    other.pulled_at.localeCompare(one.pulled_at),
  );
}

const isOf = (action: Action, receipt: Receipt): boolean =>
  action.action_id === receipt.action_id && action.pull_id === receipt.pull_id;

/** Who holds the person now, each once: what was released is with nobody. */
export const holdersOf = (handovers: readonly Handover[]): readonly (string | null)[] => [
  ...new Set(handovers.filter(({ held }) => held).map(({ client }) => client)),
];
