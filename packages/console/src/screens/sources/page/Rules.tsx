import type { ReactNode } from 'react';
import { useFilterOptions } from '../../../api/useFilterOptions.ts';
import { useOperation } from '../../../api/useOperation.ts';
import { Facts } from '../../../components/Facts.tsx';
import { Section } from '../../../components/Section.tsx';
import { StatutBadge } from '../../../components/StatutBadge.tsx';
import { When } from '../../../components/When.tsx';
import { useFormats } from '../../../texts/useFormats.ts';
import type { Source } from '../source.ts';
import { useTexts } from '../useTexts.ts';

type Options = readonly { readonly id: number; readonly label: string }[] | undefined;

/** What holds for the leads of a source. */
export function Rules({ source }: { readonly source: Source }) {
  const texts = useTexts().rules;
  const { number } = useFormats();
  const options = useFilterOptions();
  const types = useOperation('listDesignations', { list: 'types_contact' }).data?.items;
  const actions = useOperation('listDesignations', { list: 'types_action' }).data?.items;
  const named = (list: Options, id: number | null) => list?.find((one) => one.id === id)?.label;
  const designated = (list: typeof types, id: number | null) =>
    list?.find((one) => one.id === id)?.designation;
  const statut = (id: number) => {
    const label = named(options.statuts, id);
    return label === undefined ? id : <StatutBadge id={id} designation={label} />;
  };
  const facts: (readonly [string, ReactNode])[] = [
    [texts.statut, statut(source.statut_id)],
    [texts.review, statut(source.review_statut_id)],
    [texts.programme, named(options.programmes, source.programme_id) ?? texts.noProgramme],
    [texts.consent, source.consent_required ? texts.yes : texts.no],
    [texts.origine, named(options.origines, source.origine_id)],
    [texts.typeContact, designated(types, source.type_contact_id)],
    [texts.typeAction, designated(actions, source.type_action_id)],
  ];
  if (source.channel === 'form') {
    facts.push(
      [texts.origins, source.origins?.join('\n') ?? texts.anyOrigin],
      [texts.redirect, source.redirect_url ?? texts.thanks],
      [texts.honeypot, source.honeypot],
    );
  }
  if (source.channel !== 'file') facts.push([texts.rate, number(source.rate_limit)]);
  if (source.environment === 'test') facts.push([texts.environment, texts.yes]);
  facts.push([texts.created, <When key="created" at={source.created_at} as="day" />]);
  return (
    <Section title={texts.title}>
      <Facts facts={facts} />
    </Section>
  );
}
