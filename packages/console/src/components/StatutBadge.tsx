import { Badge } from '@mantine/core';

/** Dots that can be told apart on both themes; the word beside them says what they mean. */
const DOTS = [
  '#2f9a87',
  '#d68a1c',
  '#5b7fd6',
  '#b65fb0',
  '#d9534a',
  '#7a8f2a',
  '#4aa3c2',
  '#8a6fd1',
];

interface StatutBadgeProps {
  readonly id: number;
  readonly designation: string;
}

/** A statut; the same one has the same dot everywhere. */
export function StatutBadge({ id, designation }: StatutBadgeProps) {
  const dot = DOTS[id % DOTS.length] ?? 'gray';
  return (
    <Badge
      variant="default"
      size="md"
      radius="xl"
      tt="none"
      fw={500}
      leftSection={<Dot color={dot} />}
      // Neither a percentage nor a grid: a table would squeeze them to nothing.
      maw="14rem"
      styles={{
        root: { display: 'inline-flex' },
        label: { overflow: 'hidden', textOverflow: 'ellipsis' },
      }}
    >
      {designation}
    </Badge>
  );
}

export function Dot({ color }: { readonly color: string }) {
  return (
    <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true">
      <circle cx="4" cy="4" r="4" fill={color} />
    </svg>
  );
}
