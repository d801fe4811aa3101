'use client'

import { type RefObject, useLayoutEffect, useState } from 'react'
import { useView } from '@/components/parts/view/use-view'
import { rememberFilter } from './history'
import { mistakeIn } from './mistake'

/** The filter as it is being typed, until it is applied. */
export interface FilterText {
  text: string
  caret: number
  /** True if the text shows its error: applying it was tried, or it came with the link. */
  tried: boolean
  /** Pixels of the text that are scrolled out at the left. */
  scrolled: number
  /** Reads the text field. */
  read: () => void
  write: (text: string, caret: number) => void
  /** Applies the filter, or marks its error. */
  apply: (text: string) => void
  /** Restores the applied filter. */
  revert: () => void
}

export function useFilterText(input: RefObject<HTMLInputElement | null>): FilterText {
  const { q, problem, go } = useView()
  const [applied, setApplied] = useState(q)
  const [text, setText] = useState(q)
  const [caret, setCaret] = useState(q.length)
  const [tried, setTried] = useState(problem !== null)
  const [scrolled, setScrolled] = useState(0)
  const [marked, setMarked] = useState<readonly [from: number, to: number] | null>(null)
  const [asked, setAsked] = useState(q)
  if (applied !== q) {
    setApplied(q)
    // The link follows a moment after the filter was applied, when the reader may already be typing the next one.
    if (q !== asked) {
      setAsked(q)
      setText(q)
      setCaret(q.length)
      setTried(problem !== null)
    }
  }

  function read() {
    const field = input.current!
    setText(field.value)
    setCaret(field.selectionEnd ?? field.value.length)
    setScrolled(field.scrollLeft)
  }

  // Text that was typed before hydration is only in the field.
  useLayoutEffect(() => {
    if (input.current && input.current.value !== input.current.defaultValue) read()
  }, [])
  useLayoutEffect(() => {
    if (marked !== null) input.current?.setSelectionRange(...marked)
  }, [marked, input])
  useLayoutEffect(() => setScrolled(input.current?.scrollLeft ?? 0))

  function write(next: string, place: number) {
    setMarked([place, place])
    setText(next)
    setCaret(place)
  }
  return {
    text,
    caret,
    tried,
    scrolled,
    read,
    write,
    apply: (next) => {
      const filter = next.trim()
      const mistake = mistakeIn(next)
      setText(next)
      setTried(mistake !== null)
      if (mistake !== null) setMarked([mistake.span.at, mistake.span.end])
      else {
        if (filter !== '') rememberFilter(filter)
        setAsked(filter)
        go({ q: filter === '' ? null : filter })
      }
    },
    revert: () => {
      write(q, q.length)
      setTried(problem !== null)
    },
  }
}
