import type { OperatorOperationName } from '@relais/contract';
import { type Paging, usePaging } from '../lib/usePaging.ts';
import type { ApiError } from './apiError.ts';
import type { Answer, Parameters } from './call.ts';
import { useOperation } from './useOperation.ts';

interface Page {
  readonly items: readonly unknown[];
  readonly next: string | null;
  readonly total: number;
  readonly more: boolean;
}

/** The operations that answer page by page. */
export type ListName = {
  [Name in OperatorOperationName]: Answer<Name> extends Page ? Name : never;
}[OperatorOperationName];

/** What a DataTable shows: a page of rows, and how it came by them. */
export interface List<Row> {
  readonly rows: readonly Row[] | undefined;
  readonly next: string | null;
  /** How many there are on all pages; with `more`, that many and others. */
  readonly total: number;
  readonly more: boolean;
  /** True while another page or filter is on its way and the last one is still shown. */
  readonly stale: boolean;
  readonly error: ApiError | null;
  readonly paging: Paging | undefined;
  again(): void;
}

type RowOf<Name extends ListName> =
  Answer<Name> extends { items: readonly (infer Row)[] } ? Row : never;

/** One page of a list, following the address: see usePaging. */
export function useList<Name extends ListName>(
  name: Name,
  filters: Omit<Parameters<Name>, 'limit' | 'cursor'>,
  options: { every?: number; enabled?: boolean } = {},
): List<RowOf<Name>> {
  const paging = usePaging();
  const { limit, cursor } = paging;
  const parameters = { ...filters, limit, ...(cursor === undefined ? {} : { cursor }) };
  const query = useOperation(name, parameters as unknown as Parameters<Name>, {
    ...options,
    keepsLast: true,
  });
  const page = query.data as (Page & { items: readonly RowOf<Name>[] }) | undefined;
  return {
    rows: page?.items,
    next: page?.next ?? null,
    total: page?.total ?? 0,
    more: page?.more ?? false,
    stale: query.isPlaceholderData,
    error: query.error,
    paging,
    again: () => void query.refetch(),
  };
}

/** A list that comes whole, for a DataTable. */
export function wholeList<Row>(query: {
  data: readonly Row[] | { readonly items: readonly Row[] } | undefined;
  error: ApiError | null;
  refetch: () => unknown;
}): List<Row> {
  const { data, error, refetch } = query;
  const rows = data && ('items' in data ? data.items : data);
  return {
    rows,
    next: null,
    total: rows?.length ?? 0,
    more: false,
    stale: false,
    error,
    paging: undefined,
    again: () => void refetch(),
  };
}
