/** What a run is set up with: the checker knows the rest from the history. */
export interface Plan {
  readonly clients: readonly {
    readonly nom: string;
    readonly id: number;
    readonly regions: readonly number[];
    /** It pulls alone from a queue that nobody changes: its pulls have to follow the queue. */
    readonly alone?: boolean;
  }[];
  readonly ready: number;
  readonly pulled: number;
  /** How far from ours the clock of PostgreSQL was, from when on, milliseconds. */
  readonly clock: readonly { readonly from: number; readonly offset: number }[];
}
