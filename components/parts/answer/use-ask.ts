'use client'

import { useView } from '@/components/parts/view/use-view'
import { type AnswerRoute, fetchAnswer, type RouteAnswers } from './fetch-answer'
import { useLoad } from './load/load-provider'
import { questionParams } from './question'

/** Returns a function that requests a route's answer to the link's question once, like `useAnswer`. */
export function useAsk(): <R extends AnswerRoute>(route: R, extra: Readonly<Record<string, string>>) => Promise<RouteAnswers[R]> {
  const { data } = useView()
  const { phase } = useLoad()
  return (route, extra) => fetchAnswer(route, questionParams(data, extra, phase), new AbortController().signal)
}
