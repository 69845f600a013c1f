import { Group, Kbd, Table, Text } from '@mantine/core';
import { Dialog } from '../components/Dialog.tsx';
import { createStore, useStore } from '../lib/store.ts';
import { currentShortcuts, type Shortcut } from '../lib/useShortcuts.ts';
import { useShellTexts } from './useShellTexts.ts';

const shown = createStore<readonly Shortcut[] | undefined>(undefined);
export const openShortcutHelp = () => shown.set(currentShortcuts());

/** The shortcuts that hold on this screen: what `?` shows. */
export function ShortcutHelp() {
  const texts = useShellTexts().shortcuts;
  const shortcuts = useStore(shown) ?? [];
  const byText = Map.groupBy(shortcuts, ({ text }) => text);
  return (
    <Dialog
      opened={shortcuts.length > 0}
      onClose={() => shown.set(undefined)}
      title={texts.title}
      size="sm"
    >
      <Table>
        <Table.Tbody>
          {[...byText].map(([text, own]) => (
            <Table.Tr key={text}>
              <Table.Td>{text}</Table.Td>
              <Table.Td>
                <Group gap={6} justify="flex-end" wrap="nowrap">
                  {own.map(({ keys }) => (
                    <Keys key={keys} keys={keys} andThen={texts.andThen} />
                  ))}
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Dialog>
  );
}

const SIGNS: Partial<Record<string, string>> = { ArrowDown: '↓', ArrowUp: '↑', Enter: '↵' };

function Keys({ keys, andThen }: { readonly keys: string; readonly andThen: string }) {
  const [first = '', second] = keys.split(' ');
  return (
    <Group gap={4} wrap="nowrap">
      <Kbd size="sm">{SIGNS[first] ?? first}</Kbd>
      {second && (
        <>
          <Text fz="xs" c="dimmed">
            {andThen}
          </Text>
          <Kbd size="sm">{second}</Kbd>
        </>
      )}
    </Group>
  );
}
