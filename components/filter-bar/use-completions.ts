'use client'

import { useMemo } from 'react'
import { useLoad } from '@/components/answer/load-provider'
import { useAnswer } from '@/components/answer/use-answer'
import { useSettled } from '@/components/answer/use-settled'
import { valuesAsked } from '@/lib/link/complete'
import { contextOf } from '@/lib/link/context'
import { type Expected, expectedAt } from '@/lib/link/expected'
import { completionSections, type Section } from './sections'

/** Values are asked for when nothing has been typed for this long. Milliseconds. */
const PAUSE = 120
/** Values offered. */
const LIMIT = '12'

export interface Completions {
  expected: Expected | null
  sections: readonly Section[]
  /** `unasked` where no values could be meant; `unknown` while something keeps them from being asked. */
  values: 'unasked' | 'unknown' | 'looking' | 'failed' | 'known'
  /** Why they could not be told, or null. */
  failure: string | null
}

/** What can be written at the caret, with the values that occur under the rest of the filter. Nothing is asked unless `asking`. */
export function useCompletions(text: string, caret: number, asking: boolean): Completions {
  const { phase } = useLoad()
  const expected = useMemo(() => expectedAt(text, caret), [text, caret])
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
    const field = asked?.field ?? null
    if (data === undefined || data.field !== field) return completionSections(expected, field, null)
    if (current) return completionSections(expected, field, data)
    const rows = data.rows.filter(({ value }) => value.toLowerCase().includes(expected.typed.toLowerCase()))
    return completionSections(expected, field, { total: rows.length, rows })
  }, [expected, asked, data, current])

  function valuesAre(): Completions['values'] {
    if (asked === null) return 'unasked'
    if (question === null) return 'unknown'
    if (error !== null) return 'failed'
    return current && data !== undefined ? 'known' : 'looking'
  }
  return { expected, sections, values: valuesAre(), failure: error?.message ?? null }
}
