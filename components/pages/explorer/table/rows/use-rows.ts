'use client'

import { type InfiniteData, keepPreviousData, queryOptions, useInfiniteQuery, useQueries, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useEffectEvent, useState } from 'react'
import type { Longest } from '@/components/pages/explorer/table/columns/columns'
import { AnswerError } from '@/components/parts/answer/answer-error'
import { fetchJson } from '@/components/parts/answer/fetch-answer'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { AS_IT_IS } from '@/components/parts/answer/load/load-state'
import { questionParams } from '@/components/parts/answer/question'
import { type Answered, useAnswer } from '@/components/parts/answer/use-answer'
import { useLive } from '@/components/parts/live/live-provider'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { allRead } from '@/lib/flow/answer/all-read'
import type { Basis, Coverage } from '@/lib/flow/answer/answer'
import type { FlowRow } from '@/lib/flow/answer/tuples/flows'
import type { ToldRow } from '@/lib/flow/answer/tuples/tuples'
import { isRowField } from '@/lib/flow/field/fields'
import { sortText } from '@/lib/link/keys/order'
import { LAST_ROW, PAGE_ROWS, pagesToHold, RowWindow, type Sight, sightOf } from './row-window'

/** Interval in milliseconds at which the first page is requested again while the range is being read and nobody has scrolled. */
const AGAIN = 1500
/** Rows out of sight are forgotten after this many milliseconds, and requested again when they come near. */
const FORGET = 10_000

/** The start of the next page. The range is that of the first page, so that a moving one (`last`) cannot shift between two pages. */
interface PagePlace {
  cursor: string
  from: string
  to: string
}

/** The lasting facts of a page; its rows are stored separately, and for a shorter time. */
interface Page {
  question: string
  /** Its search parameters. */
  search: string
  next: PagePlace | null
  rows: number
  total: number
  coverage: Coverage
  longest: Longest
}

/** The routes whose answers come page by page, with their rows. */
interface Listed {
  tuples: ToldRow
  flows: FlowRow
}

/** One page of either. */
interface Listing<Row> extends Basis {
  total: number
  rows: Row[]
  next: string | null
}

/** The rows that have arrived; `data` describes the whole answer. */
export interface ExplorerRows<Row extends ToldRow | FlowRow = ToldRow> extends Answered<{ coverage: Coverage; total: number }> {
  /** Changes with the question; the previous rows stay, marked `stale`, until the new ones arrive. */
  question: string
  /** Stays the same object while it holds the same rows. */
  rows: RowWindow<Row>
  /** The longest addresses among all that have arrived. */
  longest: Longest
  hasMore: boolean
  more: () => void
  /** Tells which rows are visible and which one has the focus: they and those around them are kept in memory. */
  look: (start: number, end: number, focus: number | null) => void
  /** The rows [start, end) that have arrived; requested again if no longer in memory. @throws AnswerError */
  slice: (start: number, end: number) => Promise<Row[]>
  /** Rows that arrived in live mode and are not in the list yet. */
  newer: number
  /** Restarts the list, including them. */
  renew: () => void
  /** The reason why rows could not be requested again, or null. */
  lost: AnswerError | null
  regain: () => void
}

const ROWS = ['rows'] as const
/** Rows never change for the same question and place, except while the range is being read: then they are requested again explicitly. */
const ROWS_STAY = { staleTime: Number.POSITIVE_INFINITY, gcTime: FORGET, structuralSharing: false } as const

const NONE: readonly Page[] = []
const NO_ADDRESS: Longest = { src: 0, dst: 0 }

function pageQuery<Route extends keyof Listed>(route: Route, search: string) {
  return queryOptions({
    queryKey: [...ROWS, route, search],
    queryFn: ({ signal }) => fetchJson<Listing<Listed[Route]>>(route, new URLSearchParams(search), signal),
    ...ROWS_STAY,
  })
}

function longestOf(rows: readonly Listed[keyof Listed][], end: keyof Longest): number {
  return rows.reduce((most, row) => Math.max(most, row[end].length), 0)
}

function longer(a: Longest, b: Longest): Longest {
  return { src: Math.max(a.src, b.src), dst: Math.max(a.dst, b.dst) }
}

function toPage(question: string, search: string, { next, view, total, coverage, rows }: Listing<Listed[keyof Listed]>): Page {
  return {
    question,
    search,
    next: next === null ? null : { cursor: next, from: view.from, to: view.to },
    rows: rows.length,
    total,
    coverage,
    longest: { src: longestOf(rows, 'src'), dst: longestOf(rows, 'dst') },
  }
}

/** The keys of the route that the link sets. */
function useOwnKeys<Route extends keyof Listed>(route: Route): Record<string, string> {
  const { params } = useView()
  const { options } = useOptions('tuples')
  if (route === 'flows') return params.has('order') ? { sort: sortText(options.order) } : {}
  const sort = params.get('sort')
  // Context is requested only if a column shows it.
  const told = options.cols.some((field) => !isRowField(field))
  return { ...(sort === null ? {} : { sort }), ...(told ? { context: '1' } : {}) }
}

/**
 * Loads the link's tuples or flows page by page, each by the cursor of the previous page. The start of every page is remembered; only rows near the visible ones
 * are in memory.
 */
export function useRows<Route extends keyof Listed>(route: Route): ExplorerRows<Listed[Route]> {
  const { data } = useView()
  const { phase } = useLoad()
  const client = useQueryClient()
  const [sight, setSight] = useState<Sight>({ first: 0, last: 0, focus: null })
  const extra = { limit: String(PAGE_ROWS), ...useOwnKeys(route) }
  const question = questionParams(data, extra, 'done').toString()
  const query = useInfiniteQuery({
    queryKey: ['pages', route, question],
    queryFn: async ({ pageParam, signal }) => {
      const asked = questionParams(data, extra, phase)
      if (pageParam !== null) {
        asked.delete('last')
        for (const [key, value] of Object.entries(pageParam)) asked.set(key, value)
      }
      const search = asked.toString()
      const answer = await fetchJson<Listing<Listed[Route]>>(route, asked, signal)
      client.setQueryDefaults(ROWS, ROWS_STAY)
      client.setQueryData(pageQuery(route, search).queryKey, answer)
      return toPage(question, search, answer)
    },
    initialPageParam: null as PagePlace | null,
    getNextPageParam: ({ next }, pages): PagePlace | null => (pages.length * PAGE_ROWS < LAST_ROW ? next : null),
    enabled: phase !== 'starting' && phase !== 'blocked',
    placeholderData: keepPreviousData,
    structuralSharing: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => (phase === 'reading' && (state.data?.pages.length ?? 0) < 2 ? AGAIN : false),
  })
  const following = useLive().state !== 'off'
  const newest = useAnswer(route, { limit: '1' }, { enabled: following })
  const pages = query.data?.pages ?? NONE
  const last = pages.at(-1)
  const incomplete = last !== undefined && !allRead(last.coverage)
  // A page requested during the load may arrive after it has ended.
  const early = incomplete && new URLSearchParams(last.search).has('wait')
  const ended = phase === 'done' || phase === 'failed'
  const { refetch } = query
  const whenRead = useEffectEvent(() => {
    if (incomplete && !early) void refetch()
  })
  useEffect(() => {
    if (phase === 'done' || phase === 'failed') whenRead()
  }, [phase])
  useEffect(() => {
    if (ended && early) void refetch()
  }, [ended, early, refetch])

  const hold = pagesToHold(sight, pages.length)
  const held = useQueries({ queries: hold.map((page) => pageQuery(route, pages[page]!.search)) })
  const rows = new Map(held.flatMap(({ data: page }, i) => (page === undefined ? [] : [[hold[i]!, page.rows] as const])))
  const count = last === undefined ? 0 : (pages.length - 1) * PAGE_ROWS + last.rows
  const now = new RowWindow(count, rows)
  const [inMemory, setInMemory] = useState(now)
  if (!inMemory.sameAs(now)) setInMemory(now)
  const look = useCallback((start: number, end: number, focus: number | null) => {
    const next = sightOf(start, end, focus)
    setSight((known) => (known.first === next.first && known.last === next.last && known.focus === next.focus ? known : next))
  }, [])

  const settling = incomplete && phase === 'done' && query.isFetching
  const error = phase === 'blocked' ? null : toFailure(query.error)
  return {
    question,
    rows: inMemory,
    longest: pages.reduce((most, { longest }) => longer(most, longest), NO_ADDRESS),
    data: last,
    error,
    loading: error === null && (last === undefined || (count === 0 && settling)),
    provisional: false,
    stale: last !== undefined && last.question !== question,
    partial: incomplete && (AS_IT_IS.includes(phase) || settling),
    asking: query.isFetching,
    at: query.dataUpdatedAt,
    hasMore: query.hasNextPage,
    more: () => {
      if (query.hasNextPage && !query.isFetching && query.error === null) void query.fetchNextPage({ cancelRefetch: false })
    },
    retry: () => void (query.isFetchNextPageError ? query.fetchNextPage() : query.refetch()),
    look,
    slice: async (start, end) => {
      const first = Math.floor(start / PAGE_ROWS)
      const asked = pages.slice(first, Math.ceil(end / PAGE_ROWS))
      const answers = await Promise.all(asked.map(({ search }) => client.fetchQuery(pageQuery(route, search))))
      return answers.flatMap((answer) => answer.rows).slice(start - first * PAGE_ROWS, end - first * PAGE_ROWS)
    },
    newer:
      following && !newest.stale && !incomplete ? Math.max(0, (newest.data?.total ?? 0) - (last?.total ?? Number.POSITIVE_INFINITY)) : 0,
    renew: () => {
      client.setQueryData<InfiniteData<Page, PagePlace | null>>(
        ['pages', route, question],
        (known) => known && { pages: known.pages.slice(0, 1), pageParams: known.pageParams.slice(0, 1) },
      )
      void query.refetch()
    },
    lost: toFailure(held.find((page) => page.error !== null)?.error ?? null),
    regain: () => {
      for (const page of held) if (page.error !== null) void page.refetch()
    },
  }
}

function toFailure(error: Error | null): AnswerError | null {
  if (error === null || error instanceof AnswerError) return error
  return new AnswerError(error.message, { kind: 'unknown', status: 0 })
}
