'use client'

import { type RefObject, useLayoutEffect, useState } from 'react'
import { useView } from '@/components/view/use-view'
import { rememberFilter } from './history'
import { mistakeIn } from './mistake'

/** The filter as it is being typed, until it is applied. */
export interface FilterText {
  text: string
  caret: number
  /** Whether the text as it stands is told what is wrong with it: it was to be applied, or came with the link. */
  tried: boolean
  /** Pixels of the text that have gone out at the left. */
  scrolled: number
  /** Takes over what the text field holds. */
  read: () => void
  write: (text: string, caret: number) => void
  /** Asks the filter, or marks what is wrong with it. */
  apply: (text: string) => void
  /** Puts back what is applied. */
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
    // What was asked here reaches the link a moment later, and somebody may be typing the next one already.
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

  // Text that was typed before the page could listen stands in the field and nowhere else.
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
