'use client'

import { useQuery } from '@tanstack/react-query'
import { AnswerError } from '@/components/answer/answer-error'
import { fetchAnswer, fetchJson } from '@/components/answer/fetch-answer'
import { useLoad } from '@/components/answer/load-provider'
import type { RawAnswer, TupleRow } from '@/lib/flow/answers'
import { writeInstant } from '@/lib/link/instant'
import { readFlow } from './line-fields'
import { useSettled } from './use-settled'

/** Rows run past with a key held down are not read from storage. Milliseconds. */
const SETTLED = 150
/** Rows of one flow within one millisecond are at most so many. */
const SAME_FLOW = '1000'

export interface OpenTuple {
  /** Null while it is not known, or cannot be found. */
  tuple: TupleRow | null
  raw: RawAnswer | null
  error: AnswerError | null
  retry: () => void
}

/** A tuple out of the answers to its own flow at its own time, whatever range and filter the page has. */
async function findTuple(raw: RawAnswer, signal: AbortSignal): Promise<TupleRow | null> {
  const flow = readFlow(raw.line)
  if (flow === null) return null
  const params = new URLSearchParams({
    from: writeInstant(flow.time),
    to: writeInstant(flow.time + 1),
    q: `src:${flow.src} dst:${flow.dst} sport:${flow.sport} dport:${flow.dport}`,
    limit: SAME_FLOW,
  })
  const { rows } = await fetchAnswer('tuples', params, signal)
  return rows.find(({ id }) => id === raw.id) ?? null
}

/** The tuple that is open, as written and as read. `loaded` are the rows of the table; a link may name one that is not among them. */
export function useTuple(id: string, loaded: readonly TupleRow[]): OpenTuple {
  const { phase } = useLoad()
  const settled = useSettled(id, SETTLED)
  const listed = loaded.find((row) => row.id === id) ?? null
  const reading = phase === 'starting' || phase === 'reading'
  const raw = useQuery({
    queryKey: ['raw', id, reading],
    queryFn: ({ signal }) => fetchJson<RawAnswer>(`tuples/${id}/raw`, new URLSearchParams(), signal),
    enabled: settled === id && (!reading || listed !== null),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const found = useQuery({
    queryKey: ['tuple', id],
    queryFn: ({ signal }) => findTuple(raw.data!, signal),
    enabled: listed === null && raw.data !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const error = raw.error ?? found.error
  return {
    tuple: listed ?? found.data ?? null,
    raw: raw.data ?? null,
    error: error === null || error instanceof AnswerError ? error : new AnswerError(error.message, { kind: 'unknown', status: 0 }),
    retry: () => void (raw.error ? raw.refetch() : found.refetch()),
  }
}
