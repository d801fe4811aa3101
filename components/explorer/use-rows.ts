'use client'

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useMemo } from 'react'
import { AnswerError } from '@/components/answer/answer-error'
import { fetchAnswer } from '@/components/answer/fetch-answer'
import { useLoad } from '@/components/answer/load-provider'
import { AS_IT_IS } from '@/components/answer/load-state'
import { questionParams } from '@/components/answer/question'
import type { Answered } from '@/components/answer/use-answer'
import { useView } from '@/components/view/use-view'
import type { Coverage, TupleRow } from '@/lib/flow/answers'

const PAGE_ROWS = 250

/** While the range is being read and nobody has scrolled on, the first page is asked again this often. Milliseconds. */
const AGAIN = 1500

const NONE: readonly TupleRow[] = []

/** Where the next page begins. The range is that of the first page, so that a moving one (`last`) cannot slip between two pages. */
interface Place {
  cursor: string
  from: string
  to: string
}

/** The rows that are here, as far as they have been asked for; `data` is about the whole answer. */
export interface Rows extends Answered<{ coverage: Coverage; total: number }> {
  /** Changes when another question is asked; rows of the one before stay until its own come, marked `stale`. */
  question: string
  rows: readonly TupleRow[]
  hasMore: boolean
  more: () => void
}

/** The link's tuples page by page, each page asked by the cursor that the one before it gave. */
export function useRows(): Rows {
  const { params, data } = useView()
  const { phase } = useLoad()
  const sort = params.get('sort')
  const extra = { limit: String(PAGE_ROWS), ...(sort === null ? {} : { sort }) }
  const question = questionParams(data, extra, 'done').toString()
  const query = useInfiniteQuery({
    queryKey: ['rows', question],
    queryFn: async ({ pageParam, signal }) => {
      const asked = questionParams(data, extra, phase)
      if (pageParam !== null) {
        asked.delete('last')
        for (const [key, value] of Object.entries(pageParam)) asked.set(key, value)
      }
      return { question, ...(await fetchAnswer('tuples', asked, signal)) }
    },
    initialPageParam: null as Place | null,
    getNextPageParam: ({ next, view }): Place | null => (next === null ? null : { cursor: next, from: view.from, to: view.to }),
    enabled: phase !== 'starting' && phase !== 'blocked',
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => (phase === 'reading' && (state.data?.pages.length ?? 0) < 2 ? AGAIN : false),
  })
  const pages = query.data?.pages
  const last = pages?.at(-1)
  const incomplete = last !== undefined && !last.coverage.complete
  const whenRead = useEffectEvent(() => {
    if (incomplete) void query.refetch()
  })
  useEffect(() => {
    if (phase === 'done' || phase === 'failed') whenRead()
  }, [phase])

  const settling = incomplete && phase === 'done' && query.isFetching
  const rows = useMemo(() => pages?.flatMap((page) => page.rows) ?? NONE, [pages])
  const error = phase === 'blocked' ? null : toFailure(query.error)
  return {
    question,
    rows,
    data: last,
    error,
    loading: error === null && (pages === undefined || (rows.length === 0 && settling)),
    provisional: false,
    stale: last !== undefined && last.question !== question,
    partial: incomplete && (AS_IT_IS.includes(phase) || settling),
    at: query.dataUpdatedAt,
    hasMore: query.hasNextPage,
    more: () => {
      if (query.hasNextPage && !query.isFetching && query.error === null) void query.fetchNextPage()
    },
    retry: () => void (query.isFetchNextPageError ? query.fetchNextPage() : query.refetch()),
  }
}

function toFailure(error: Error | null): AnswerError | null {
  if (error === null || error instanceof AnswerError) return error
  return new AnswerError(error.message, { kind: 'unknown', status: 0 })
}
