import { Tabs } from '@mantine/core';
import { designationLists } from '@relais/contract';
import { Page } from '../../components/Page.tsx';
import { param } from '../../lib/urlState.ts';
import { useUrlState } from '../../lib/useUrlState.ts';
import { DesignationsTab } from './designations/DesignationsTab.tsx';
import classes from './Lists.module.css';
import { ProgrammesTab } from './programmes/ProgrammesTab.tsx';
import { RegionsTab } from './regions/RegionsTab.tsx';
import { useTexts } from './useTexts.ts';

const tabs = ['programmes', 'regions', ...designationLists] as const;
type Tab = (typeof tabs)[number];
const address = {
  tab: param.oneOf(...tabs),
  search: param.text,
  regionIds: param.ids,
  selected: param.id,
};

/** What enquiries refer to: programmes in their regions, and the lists of designations. */
export function Component() {
  const texts = useTexts();
  const [{ tab }, set] = useUrlState(address);
  const show = (value: string | null) => {
    const next = tabs.find((one) => one === value);
    if (next) set({ tab: next, search: '', regionIds: [], selected: undefined }, { push: true });
  };
  return (
    <Page title={texts.title} fill>
      <Tabs value={tab} onChange={show} className={classes.tabs ?? ''} keepMounted={false}>
        <Tabs.List className={classes.list ?? ''}>
          {tabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {texts.tabs[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map((one) => (
          <Tabs.Panel key={one} value={one} className={classes.panel ?? ''}>
            <Content tab={one} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}

function Content({ tab }: { readonly tab: Tab }) {
  if (tab === 'programmes') return <ProgrammesTab />;
  if (tab === 'regions') return <RegionsTab />;
  return <DesignationsTab list={tab} />;
}
