import { Button, Group, ScrollArea, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Facts } from '../../../components/Facts.tsx';
import { Section } from '../../../components/Section.tsx';
import { StatutBadge } from '../../../components/StatutBadge.tsx';
import { When } from '../../../components/When.tsx';
import { useSession } from '../../../shell/session.ts';
import { ChangeStatut } from '../statut/ChangeStatut.tsx';
import type { ChangedContact } from '../statut/changedContact.ts';
import { useTexts } from '../useTexts.ts';
import classes from './Person.module.css';
import type { PersonAction } from './person.ts';

/** The enquiries of a person, each with where it stands and where it comes from. */
export function Actions({ actions }: { readonly actions: readonly PersonAction[] }) {
  const texts = useTexts().person.actions;
  const [changing, setChanging] = useState<readonly ChangedContact[]>([]);
  return (
    <Section title={texts.title(actions.length)} about={texts.about}>
      {actions.map((action) => (
        <Action key={action.action_id} action={action} onChange={() => setChanging([action])} />
      ))}
      <ChangeStatut contacts={changing} onClose={() => setChanging([])} />
    </Section>
  );
}

interface ActionProps {
  readonly action: PersonAction;
  readonly onChange: () => void;
}

function Action({ action, onChange }: ActionProps) {
  const texts = useTexts();
  const own = texts.person.actions;
  const { can } = useSession();
  const { statut_id, statut_designation } = action;
  // Of an erased person it stands nowhere any more.
  const stands = statut_id !== null && statut_designation !== null;
  return (
    <article className={classes.action} aria-label={action.programme_nom}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="sm">
          <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
            <Title order={3}>{action.programme_nom}</Title>
            <Text fz="sm" c="dimmed">
              {action.region_nom} · {own.number(action.action_id)}
            </Text>
          </div>
          {stands && (
            <Group gap="xs">
              <StatutBadge id={statut_id} designation={statut_designation} />
              {can('admin', 'operateur') && (
                <Button variant="default" onClick={onChange}>
                  {texts.statut.change}
                </Button>
              )}
            </Group>
          )}
        </Group>
        {action.action_commentaire && (
          <ScrollArea.Autosize mah={200} type="auto" viewportProps={{ tabIndex: 0 }}>
            <Text fz="sm" className={classes.commentaire}>
              {action.action_commentaire}
            </Text>
          </ScrollArea.Autosize>
        )}
        <Facts facts={useFactsOf(action)} />
      </Stack>
    </article>
  );
}

/** What is known of an enquiry; its campaign and what not every one has only where they are there. */
function useFactsOf(action: PersonAction) {
  const texts = useTexts().person.actions;
  const campaign = [
    action.utm_source,
    action.utm_medium,
    action.utm_campaign,
    action.utm_term,
    action.utm_content,
  ].filter(Boolean);
  const pulled = action.pulled_at !== null && (
    <>
      <When at={action.pulled_at} as="minute" />
      {action.client_nom !== null && ` ${texts.to(action.client_nom)}`}
    </>
  );
  const facts = [
    [texts.date, <When key="date" at={action.action_date} as="minute" />],
    [texts.ready, action.ready && <When key="ready" at={action.ready_at} as="minute" />],
    [texts.pulled, pulled],
    [texts.source, action.source ?? texts.loaded],
    [texts.reference, action.source_reference],
    [texts.origine, action.origine_designation],
    [texts.typeContact, action.type_contact_designation],
    [texts.typeAction, action.type_action_designation],
    [texts.campaign, campaign.join(' · ')],
    [texts.gclid, action.gclid],
    [texts.fbclid, action.fbclid],
  ] as const;
  return facts.filter(([, value]) => Boolean(value));
}
