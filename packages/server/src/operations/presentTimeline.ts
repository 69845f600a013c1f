import type { HistoryEvent } from '../store/history.ts';
import { namesOf } from '../store/names.ts';
import type { DatabaseCall } from './operatorCall.ts';
import { presentSuggestion } from './presentLead.ts';

/** What happened, with the names of the operators who did it. */
export async function presentTimeline(
  { context, database }: DatabaseCall,
  events: readonly HistoryEvent[],
) {
  // Clients and sources are called by their names already, and a client may be called "staff:1".
  const operators = new Set(events.map(({ who }) => who).filter((who) => who.startsWith('staff:')));
  const names = await namesOf(context.databases.catalog, database.db, operators);
  return events.map((event) => ({
    ...event,
    who_nom: names.get(event.who) ?? event.who.replace(/^\w+:/, ''),
    reasons: event.reasons.map(presentSuggestion),
  }));
}
