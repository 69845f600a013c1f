/** The labels of a form, in the language of the console. */
export interface FormLabels {
  readonly nom: string;
  readonly prenom: string;
  readonly telephone: string;
  readonly email: string;
  readonly message: string;
  readonly consent: string;
  readonly send: string;
  /** What a reader of the page's source should know of the hidden field. */
  readonly trap: string;
  /** What to put into the field that names the programme. */
  readonly programme: string;
  /** Stands there until then. */
  readonly anyProgramme: string;
}

interface Door {
  readonly address: string;
  readonly token: string;
}

/** A value as HTML takes it between double quotes or as text. */
const html = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

interface FormRules {
  readonly honeypot: string;
  /** Null: each lead names its own, or waits in quarantine. */
  readonly programme_id: number | null;
}

/**
 * A form that works as it is when it is pasted into a web page, where its source has a default
 * programme; where it has none, with a field for it.
 */
export function formSnippet(
  { address, token }: Door,
  { honeypot, programme_id }: FormRules,
  labels: FormLabels,
) {
  const programme =
    programme_id === null
      ? `
  <!-- ${html(labels.programme)} -->
  <input type="hidden" name="programme" value="${html(labels.anyProgramme)}">`
      : '';
  return `<form action="${html(address)}" method="post">
  <input type="hidden" name="token" value="${html(token)}">${programme}
  <label>${html(labels.nom)} <input name="nom" autocomplete="family-name" required></label>
  <label>${html(labels.prenom)} <input name="prenom" autocomplete="given-name"></label>
  <label>${html(labels.telephone)} <input name="telephone" type="tel" autocomplete="tel" required></label>
  <label>${html(labels.email)} <input name="email" type="email" autocomplete="email"></label>
  <label>${html(labels.message)} <textarea name="message"></textarea></label>
  <label><input type="checkbox" name="consent" value="oui"> ${html(labels.consent)}</label>
  <!-- ${html(labels.trap)} -->
  <input name="${html(honeypot)}" tabindex="-1" autocomplete="off" style="position:absolute;left:-9999px" aria-hidden="true">
  <button>${html(labels.send)}</button>
</form>`;
}

const example = {
  externalId: 'form-2026-001045',
  nom: 'Dupont',
  prenom: 'Jean',
  telephone: '06 12 34 56 78',
  email: 'jean@email.com',
  programme: '145',
  commentaire: 'Je souhaite visiter le T3.',
  consent: true,
};

/** A command that sends a lead, to try. */
export const curlSnippet = ({ address, token }: Door) => `curl -sS '${address}' \\
  -H 'x-source-token: ${token}' \\
  -H 'content-type: application/json' \\
  -d '${JSON.stringify(example)}'`;
