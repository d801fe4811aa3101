'use client'

import { useMemo } from 'react'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { useSettled } from '@/components/parts/answer/use-settled'
import { useSaved } from '@/components/parts/saved/use-saved'
import { useContextNames } from '@/components/parts/whois/use-whois'
import { valuesAsked } from '@/lib/link/editing/complete'
import { contextOf } from '@/lib/link/editing/context'
import { type Expected, expectedAt } from '@/lib/link/editing/expected'
import { completionSections, listSections, type Section } from './sections'

/** Values are requested when nothing has been typed for this many milliseconds. */
const PAUSE = 120
/** Values offered. */
const LIMIT = '12'

export interface Completions {
  expected: Expected | null
  sections: readonly Section[]
  /** `unasked` if no value is expected here; `unknown` while something prevents the request. */
  values: 'unasked' | 'unknown' | 'looking' | 'failed' | 'known'
  /** The reason why the request failed, or null. */
  failure: string | null
}

/** Completions at the caret, with the values that occur under the rest of the filter. Nothing is requested unless `asking`. */
export function useCompletions(text: string, caret: number, asking: boolean): Completions {
  const { phase } = useLoad()
  const told = useContextNames()
  const expected = useMemo(() => expectedAt(text, caret), [text, caret])
  const isList = asking && expected?.kind === 'value' && expected.typed.startsWith('$')
  const lists = useSaved('lists', { enabled: isList }).data?.lists
  const asked = useMemo(() => (asking && expected !== null ? valuesAsked(expected) : null), [expected, asking])
  const question = useMemo(() => {
    const context = asked === null || phase === 'blocked' ? null : contextOf(text, expected!.word)
    return asked === null || context === null ? null : { ...asked, q: context }
  }, [text, expected, asked, phase])
  const settled = useSettled(question, PAUSE)
  const { data, stale, error } = useAnswer('values', { ...settled, limit: LIMIT }, { enabled: settled !== null })
  const current = settled === question && !stale

  const sections = useMemo(() => {
    if (expected === null) return []
    if (isList) return listSections(expected, lists ?? [])
    const field = asked?.field ?? null
    if (data === undefined || data.field !== field) return completionSections(expected, field, null, told)
    if (current) return completionSections(expected, field, data, told)
    const rows = data.rows.filter(({ value }) => value.toLowerCase().includes(expected.typed.toLowerCase()))
    return completionSections(expected, field, { total: rows.length, rows }, told)
  }, [expected, asked, data, current, told, isList, lists])

  function valuesAre(): Completions['values'] {
    if (asked === null) return 'unasked'
    if (question === null) return 'unknown'
    if (error !== null) return 'failed'
    return current && data !== undefined ? 'known' : 'looking'
  }
  return { expected, sections, values: valuesAre(), failure: error?.message ?? null }
}
