import IconListDetails from '@tabler/icons-react/icons/IconListDetails';
import type { ReactNode } from 'react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { NothingFound } from '../../components/NothingFound.tsx';
import { useTexts } from './useTexts.ts';

interface NothingProps {
  readonly isFiltered: boolean;
  readonly onClear: () => void;
  readonly none: { readonly title: string; readonly text: string };
  readonly action: ReactNode;
}

/** An empty tab: nothing is there yet, or nothing matches. */
export function Nothing({ isFiltered, onClear, none, action }: NothingProps) {
  const { notFound } = useTexts();
  if (!isFiltered) return <EmptyState icon={IconListDetails} {...none} action={action} />;
  return <NothingFound texts={notFound} onClear={onClear} />;
}
