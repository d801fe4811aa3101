'use client'

import { useView } from '@/components/parts/view/use-view'
import { type Answers, fetchAnswer, type Route } from './fetch-answer'
import { useLoad } from './load/load-provider'
import { questionParams } from './question'

/** Asks the link's question of a route once, as `useAnswer` does. */
export function useAsk(): <R extends Route>(route: R, extra: Readonly<Record<string, string>>) => Promise<Answers[R]> {
  const { data } = useView()
  const { phase } = useLoad()
  return (route, extra) => fetchAnswer(route, questionParams(data, extra, phase), new AbortController().signal)
}
