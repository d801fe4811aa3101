'use client'

import { useQuery } from '@tanstack/react-query'
import type { RowWindow } from '@/components/pages/explorer/table/rows/row-window'
import { AnswerError } from '@/components/parts/answer/answer-error'
import { fetchJson } from '@/components/parts/answer/fetch-answer'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { useSettled } from '@/components/parts/answer/use-settled'
import type { RawAnswer } from '@/lib/flow/answer/tuples/raw'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'

/** Delay in milliseconds before a row is read from storage, so that a held key does not read every row. */
const SETTLED = 150

export interface OpenTuple {
  /** Null if it is not known yet, or cannot be found. */
  tuple: TupleRow | null
  raw: RawAnswer | null
  error: AnswerError | null
  /** Reads it from its source again. */
  retry: () => void
  /** True while it is being read again. */
  rereading: boolean
}

/** The open tuple, raw and decoded. `rows` are the tuples of the table, null if it lists none; a link may name a tuple that is not among them. */
export function useTuple(id: string, rows: RowWindow<TupleRow> | null): OpenTuple {
  const { phase } = useLoad()
  const settled = useSettled(id, SETTLED)
  const listed = rows?.at(rows.indexOf(id)) ?? null
  const reading = phase === 'starting' || phase === 'reading'
  const raw = useQuery({
    queryKey: ['raw', id, reading],
    queryFn: ({ signal }) => fetchJson<RawAnswer>(`tuples/${id}/raw`, new URLSearchParams(), signal),
    enabled: settled === id && (!reading || listed !== null),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const { error } = raw
  return {
    tuple: listed ?? raw.data?.row ?? null,
    raw: raw.data ?? null,
    error: error === null || error instanceof AnswerError ? error : new AnswerError(error.message, { kind: 'unknown', status: 0 }),
    retry: () => void raw.refetch(),
    rereading: raw.isFetching,
  }
}
