'use client'

import { useMemo } from 'react'
import { useAnswer } from './use-answer'

/** Names of flow logs by their id. */
export function useLogNames(): ReadonlyMap<string, string> {
  const { data } = useAnswer('logs')
  return useMemo(() => new Map(data?.logs.map(({ id, name }) => [id, name])), [data])
}
