/** Gives the text that stands in place of another, for the record of this id. */
type Texts = (field: string, text: string | null, id: number) => string | null;

/** Replaces texts in the rows of an answer, JSON text to JSON text. */
export function withTexts(json: string, texts: Texts): string {
  const answer: unknown = JSON.parse(json);
  if (!Array.isArray(answer)) return json;
  return JSON.stringify(
    answer.map((row: Record<string, unknown>) => {
      const id = Number(row.action_id ?? row.id);
      return Object.fromEntries(
        Object.entries(row).map(([field, value]) => [
          field,
          value === null || typeof value === 'string' ? texts(field, value, id) : value,
        ]),
      );
    }),
  );
}

const LONG = 20_000;

export const bigText: Texts = (field, text, id) =>
  field === 'action_commentaire'
    ? `Contact ${id}. ${'Un long commentaire. '.repeat(LONG)}`.slice(0, LONG)
    : text;

const HOSTILE = [
  '<script>alert("relais")</script>',
  '<img src=x onerror=alert(1)>',
  '=HYPERLINK("http://example.com","Cliquez")',
  "@SUM(1+1)*cmd|' /C calc'!A0",
  'Dupont; DROP TABLE prospect;--',
  'O\u2019Neill "le grand", d\u2019Arc',
  'ligne 1\r\nligne 2\tcolonne',
  '\u202egnp.tnemucod',
  'محمد بن عبد الله',
  '👩‍👩‍👧‍👦 Zoë 𝒟upont e\u0301',
  '{{7*7}} <%= 7*7 %> %s %00',
  'x'.repeat(300),
] as const;

const FIELDS = new Set([
  'nom',
  'prospect_nom',
  'prospect_prenom',
  'prospect_adresse',
  'prospect_ville',
  'programme_nom',
  'action_commentaire',
  'source_reference',
  'utm_campaign',
]);

/** Another of the hostile texts in each field, the same each time. */
export const hostileText: Texts = (field, text, id) => {
  if (!FIELDS.has(field)) return text;
  const at = [...FIELDS].indexOf(field) * 5 + id;
  return HOSTILE[at % HOSTILE.length] ?? text;
};
