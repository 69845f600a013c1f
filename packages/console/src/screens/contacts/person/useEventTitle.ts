import { useTexts } from '../useTexts.ts';
import { isPersonField, type PersonEvent } from './person.ts';

/** What an event of the timeline was, in a few words. */
export function useEventTitle(): (event: PersonEvent) => string {
  const { timeline: texts, fields, received } = useTexts().person;
  return (event) => {
    switch (event.event) {
      case 'lead':
        return event.outcome === 'merged'
          ? texts.merged(event.who_nom)
          : texts.accepted(event.who_nom);
      case 'statut':
        return texts.statut(event.to ?? '—');
      case 'pull':
        return texts.pull(event.who_nom);
      case 'release':
        return texts.release(event.pull_seq === null ? '' : received.seq(event.pull_seq));
      case 'correction':
        return texts.correction(
          event.fields
            .map((field) => (isPersonField(field) ? fields[field].toLowerCase() : field))
            .join(', '),
        );
      case 'erasure':
        return texts.erasure;
    }
  };
}
