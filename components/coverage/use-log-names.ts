'use client'

import { useAnswer } from '@/components/answer/use-answer'

/** Names of the flow logs by id; empty while they are not known. */
export function useLogNames(): ReadonlyMap<string, string> {
  const { data } = useAnswer('logs')
  return new Map(data?.logs.map(({ id, name }) => [id, name]))
}
