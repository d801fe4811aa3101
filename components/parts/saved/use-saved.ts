'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { fetchJson, sendJson } from '@/components/parts/answer/fetch-answer'
import type { ListsAnswer, ViewsAnswer } from '@/lib/flow/answer/kept/saved'

const NOTHING = new URLSearchParams()

interface Answers {
  views: ViewsAnswer
  lists: ListsAnswer
}

/** The views or lists that the person may see. */
export function useSaved<Kind extends keyof Answers>(kind: Kind, { enabled = true }: { enabled?: boolean } = {}) {
  return useQuery({
    queryKey: ['saved', kind],
    queryFn: ({ signal }) => fetchJson<Answers[Kind]>(kind, NOTHING, signal),
    staleTime: 0,
    enabled,
  })
}

/** Saves one, changed where it has an id, and lists all of them anew; a list that changed changes answers. */
export function useSave(kind: keyof Answers) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, body }: { id?: string; body: object }) => sendJson(id ? 'PUT' : 'POST', id ? `${kind}/${id}` : kind, body),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['saved', kind] })
      if (kind === 'lists') void client.invalidateQueries({ queryKey: ['answer'] })
    },
  })
}

export function useForget(kind: keyof Answers) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, version }: { id: string; version: number }) => sendJson('DELETE', `${kind}/${id}?version=${version}`),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['saved', kind] }),
  })
}
