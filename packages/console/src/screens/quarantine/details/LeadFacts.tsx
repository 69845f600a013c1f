import { Anchor, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Facts } from '../../../components/Facts.tsx';
import type { Lead } from '../lead.ts';
import { useTexts } from '../useTexts.ts';

const shown = [
  ...(['external_id', 'civilite', 'nom', 'prenom', 'nom_complet', 'telephone'] as const),
  ...(['email', 'adresse', 'code_postal', 'ville', 'pays', 'programme'] as const),
];
const campaign = [
  ...(['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content'] as const),
  ...(['gclid', 'fbclid'] as const),
];

/** What a lead says, as it was typed; what it leaves out is not shown. */
export function LeadFacts({ lead }: { readonly lead: Lead }) {
  const { facts: names, lead: texts, consents, line } = useTexts();
  const { draft } = lead;
  if (!draft) return null;
  const own = (value: string) => <bdi>{value}</bdi>;
  const facts: (readonly [string, ReactNode])[] = shown.flatMap((name) => {
    const value = draft[name];
    return value === null ? [] : [[names[name], own(value)] as const];
  });
  if (draft.hints.length > 0) facts.push([names.hints, own(draft.hints.join('\n'))]);
  if (draft.commentaire !== null) facts.push([names.commentaire, own(draft.commentaire)]);
  for (const { question, answer } of draft.answers) facts.push([question, own(answer)]);
  if (draft.consent !== null) {
    facts.push([names.consent, draft.consent ? consents.yes : consents.no]);
  }
  if (draft.created_at !== null) facts.push([names.created_at, own(draft.created_at)]);
  const clicks = campaign.flatMap((name) =>
    draft[name] === null ? [] : `${name} : ${draft[name]}`,
  );
  if (clicks.length > 0) facts.push([names.campaign, own(clicks.join('\n'))]);
  if (lead.import) {
    const { id, file_name, line: at } = lead.import;
    facts.push([
      names.file,
      <Anchor key="file" component={Link} to={`/import/${id}`} inherit>
        {line(file_name, at)}
      </Anchor>,
    ]);
  }
  return (
    <section>
      <Title order={3} mb="xs">
        {texts.says}
      </Title>
      <Facts facts={facts} />
    </section>
  );
}
