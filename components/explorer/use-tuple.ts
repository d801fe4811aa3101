'use client'

import { useQuery } from '@tanstack/react-query'
import { AnswerError } from '@/components/answer/answer-error'
import { fetchJson } from '@/components/answer/fetch-answer'
import { useLoad } from '@/components/answer/load-provider'
import { useSettled } from '@/components/answer/use-settled'
import type { RawAnswer, TupleRow } from '@/lib/flow/answers'
import type { RowWindow } from './row-window'

/** Rows run past with a key held down are not read from storage. Milliseconds. */
const SETTLED = 150

export interface OpenTuple {
  /** Null while it is not known, or cannot be found. */
  tuple: TupleRow | null
  raw: RawAnswer | null
  error: AnswerError | null
  /** Reads it from its source once more. */
  retry: () => void
  /** It is being read. */
  rereading: boolean
}

/** The tuple that is open, as written and as read. `rows` are those of the table; a link may name one that is not among them. */
export function useTuple(id: string, rows: RowWindow): OpenTuple {
  const { phase } = useLoad()
  const settled = useSettled(id, SETTLED)
  const listed = rows.at(rows.indexOf(id)) ?? null
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
