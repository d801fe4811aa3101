'use client'

import { type KeyboardEvent, type RefObject, useState } from 'react'
import { complete } from '@/lib/link/editing/complete'
import { forgetHistory, readHistory } from './history'
import { historySections, type ListChoice, type Section } from './sections'
import { type Completions, useCompletions } from './use-completions'
import type { FilterText } from './use-filter-text'

/** Choices that Page Up and Page Down skip. */
const PAGE = 8

/** The list under the filter, and its keyboard control. */
export interface Choices {
  shown: 'nothing' | 'completions' | 'history'
  sections: readonly Section[]
  /** Number of choices in all sections. */
  count: number
  /** Index of the choice that Enter takes, across the sections. */
  active: number | null
  completions: Completions
  /** Opens a list; with `eager`, Enter takes its first choice. */
  show: (what: Choices['shown'], eager?: boolean) => void
  take: (choice: ListChoice) => void
  /** Closes the list and applies the filter. */
  apply: (filter: string) => void
  forget: () => void
  onKeyDown: (event: KeyboardEvent) => void
}

export function useChoices(input: RefObject<HTMLInputElement | null>, typed: FilterText): Choices {
  const { text, caret } = typed
  const [shown, setShown] = useState<Choices['shown']>('nothing')
  /** The text of the chosen entry, because values change while they are looked up. */
  const [chosen, setChosen] = useState<string | null>(null)
  const [eager, setEager] = useState(false)
  const [filters, setFilters] = useState<readonly string[]>([])
  const completions = useCompletions(text, caret, shown === 'completions')
  const { expected } = completions
  const sections = shown === 'history' ? historySections(filters, text) : shown === 'completions' ? completions.sections : []
  const choices = sections.flatMap((section) => section.choices)
  const found = choices.findIndex((choice) => choice.text === chosen)
  const active = found >= 0 ? found : eager && choices.length > 0 ? 0 : null
  const isOpen = shown !== 'nothing'

  function show(what: Choices['shown'], first = false) {
    if (what === 'history') setFilters(readHistory())
    setShown(what)
    setChosen(null)
    setEager(first)
  }
  function apply(filter: string) {
    show('nothing')
    typed.apply(filter)
  }
  function take(choice: ListChoice) {
    if (choice.kind === 'filter') typed.write(choice.text, choice.text.length)
    else if (expected !== null) {
      const done = complete(text, expected, choice.text)
      typed.write(done.text, done.caret)
    }
    show(choice.kind === 'filter' || choice.kind === 'value' ? 'nothing' : 'completions')
    input.current?.focus()
  }
  function walk(by: number) {
    const last = choices.length - 1
    const from = active ?? (by < 0 ? last + 1 : -1)
    const wraps = Math.abs(by) === 1 && shown === 'completions'
    const next = wraps ? (from + by + choices.length) % choices.length : Math.max(0, Math.min(last, from + by))
    setChosen(choices[next]?.text ?? null)
  }
  /** The choice that Tab takes: the active one, or the first that continues the typed word, unless that is complete. */
  function offered(): ListChoice | undefined {
    if (active !== null) return choices[active]
    if (shown !== 'completions' || expected === null || expected.typed === '') return undefined
    const written = text.slice(expected.span.at, expected.span.end)
    return choices.some((choice) => choice.text === written) ? undefined : choices[0]
  }

  function onChord(event: KeyboardEvent): boolean {
    if (event.key === ' ' && event.ctrlKey) show('completions', true)
    else if (event.key === 'Enter') apply(text)
    else return false
    return true
  }
  function onEnter(): boolean {
    const choice = active === null ? undefined : choices[active]
    if (choice?.kind === 'filter') apply(choice.text)
    else if (choice) take(choice)
    return choice !== undefined
  }
  function onTab(): boolean {
    const choice = offered()
    if (choice) take(choice)
    return choice !== undefined
  }
  function onEscape(): boolean {
    if (isOpen) show('nothing')
    else {
      typed.revert()
      input.current?.blur()
    }
    return true
  }
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE }
  function onStep(key: string): boolean {
    if (isOpen) walk(steps[key]!)
    else if (key === 'ArrowDown') show('completions', true)
    else if (key === 'ArrowUp') show('history', true)
    else return false
    return true
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    let done = false
    if (event.ctrlKey || event.metaKey) done = onChord(event)
    else if (event.shiftKey || event.altKey) return
    else if (event.key === 'Enter') done = onEnter()
    else if (event.key === 'Tab') done = onTab()
    else if (event.key === 'Escape') done = onEscape()
    else if (event.key in steps) done = onStep(event.key)
    if (done) event.preventDefault()
  }

  return {
    shown,
    sections,
    count: choices.length,
    active,
    completions,
    show,
    take,
    apply,
    forget: () => {
      forgetHistory()
      setFilters([])
    },
    onKeyDown,
  }
}
