'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { fetchJson, sendJson } from '@/components/parts/answer/fetch-answer'
import type { Mute, MutesAnswer, NewMute } from '@/lib/flow/answer/kept/mute'

const NOTHING = new URLSearchParams()

/** Returns the mutes that apply to this person; they are requested only while the answer hides findings. */
export function useMutes(enabled: boolean) {
  return useQuery({
    queryKey: ['mutes'],
    queryFn: ({ signal }) => fetchJson<MutesAnswer>('mutes', NOTHING, signal),
    enabled,
    staleTime: 0,
  })
}

function useSend<Given, Sent>(send: (given: Given) => Promise<Sent>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSuccess: () =>
      Promise.all([client.invalidateQueries({ queryKey: ['mutes'] }), client.invalidateQueries({ queryKey: ['answer', 'findings'] })]),
  })
}

export function useMute() {
  return useSend((body: NewMute) => sendJson<Mute>('POST', 'mutes', body))
}

export function useUnmute() {
  return useSend((id: string) => sendJson('DELETE', `mutes/${id}`))
}
