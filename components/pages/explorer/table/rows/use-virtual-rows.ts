'use client'

import { defaultRangeExtractor, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useRef } from 'react'
import type { FlowRow } from '@/lib/flow/answer/tuples/flows'
import type { ToldRow } from '@/lib/flow/answer/tuples/tuples'
import { roomFor } from './row-window'
import type { ExplorerRows } from './use-rows'

/** More rows are requested if at most this many are left below the visible ones: few before the first scroll, then enough to stay ahead of it. */
const AHEAD = { atRest: 80, scrolled: 1000 }

/** Lays out the rows of a list that is longer than the page: those in sight, some around them, and the one with the focus. Asks for what comes into sight. */
export function useVirtualRows({
  answer,
  scroller,
  rowHeight,
  headHeight,
  focused,
}: {
  answer: ExplorerRows<ToldRow | FlowRow>
  scroller: RefObject<HTMLDivElement | null>
  /** Pixels. */
  rowHeight: number
  headHeight: number
  focused: number | null
}): Virtualizer<HTMLDivElement, Element> {
  const { rows, question, data, stale, hasMore, more, look } = answer
  const virtual = useVirtualizer({
    count: roomFor(rows.count, data?.total ?? 0, hasMore && answer.error === null),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range)
      if (focused === null || indexes.includes(focused) || focused >= range.count) return indexes
      return [...indexes, focused].sort((a, b) => a - b)
    },
  })
  useEffect(() => virtual.measure(), [rowHeight])
  const { startIndex: start, endIndex: end } = virtual.range ?? { startIndex: 0, endIndex: 0 }
  useEffect(() => {
    look(start, end, focused)
    if (end >= rows.count - (start === 0 ? AHEAD.atRest : AHEAD.scrolled)) more()
  }, [start, end, focused, rows.count, look, more])

  const asked = useRef(question)
  useEffect(() => {
    if (asked.current === question || stale) return
    asked.current = question
    scroller.current?.scrollTo({ top: 0 })
  }, [question, stale])
  return virtual
}
