'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { fetchJson, sendJson } from '@/components/parts/answer/fetch-answer'
import type { AlertsAnswer } from '@/lib/flow/answer/kept/alert'
import type { ChangedWatch, NewWatch, Watch, WatchesAnswer } from '@/lib/flow/answer/kept/watch'

const NOTHING = new URLSearchParams()
/** Interval between requests for new rounds and alerts. Milliseconds. */
const EVERY = 30_000

export function useWatches() {
  return useQuery({
    queryKey: ['watches'],
    queryFn: ({ signal }) => fetchJson<WatchesAnswer>('watches', NOTHING, signal),
    refetchInterval: EVERY,
    staleTime: 0,
  })
}

export function useAlerts() {
  return useQuery({
    queryKey: ['alerts'],
    queryFn: ({ signal }) => fetchJson<AlertsAnswer>('alerts', NOTHING, signal),
    refetchInterval: EVERY,
    staleTime: 0,
  })
}

function useSend<Given>(send: (given: Given) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: ['watches'] }), client.invalidateQueries({ queryKey: ['alerts'] })]),
  })
}

export function useCreateWatch() {
  return useSend((body: NewWatch) => sendJson('POST', 'watches', body))
}

/** Changes the version that was shown; fails with `conflict` if somebody else changed the watch first. */
export function useChangeWatch({ id, version, title, condition, paused }: Watch) {
  return useSend((change: Partial<NewWatch>) =>
    sendJson('PUT', `watches/${id}`, { version, title, condition, paused, ...change } satisfies ChangedWatch),
  )
}

export function useDeleteWatch({ id, version }: Watch) {
  return useSend(() => sendJson('DELETE', `watches/${id}?version=${version}`))
}

export function useAcknowledge(id: string) {
  return useSend((acknowledged: boolean) => sendJson('PUT', `alerts/${id}`, { acknowledged }))
}
