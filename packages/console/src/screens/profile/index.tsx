import { SimpleGrid, Stack } from '@mantine/core';
import { Facts } from '../../components/Facts.tsx';
import { Page } from '../../components/Page.tsx';
import { Section } from '../../components/Section.tsx';
import { useAccountTexts } from '../../shell/account/useAccountTexts.ts';
import { useSession } from '../../shell/session.ts';
import { useShellTexts } from '../../shell/useShellTexts.ts';
import { Password } from './Password.tsx';
import { Sessions } from './Sessions.tsx';
import { TwoFactor } from './TwoFactor.tsx';

/** What is one's own: password, second factor, sessions. */
export function Component() {
  const texts = useAccountTexts().profile;
  const { roles } = useShellTexts();
  const { staff } = useSession();
  return (
    <Page title={texts.title}>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" maw={1120}>
        <Stack gap="md">
          <Section title={staff.nom}>
            <Facts
              facts={[
                [texts.email, staff.email],
                [texts.role, roles[staff.role]],
              ]}
            />
          </Section>
          <Password />
        </Stack>
        <Stack gap="md">
          <TwoFactor />
          <Sessions />
        </Stack>
      </SimpleGrid>
    </Page>
  );
}
