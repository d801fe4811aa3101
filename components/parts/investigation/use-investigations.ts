'use client'

import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { AnswerError } from '@/components/parts/answer/answer-error'
import { fetchJson, sendJson } from '@/components/parts/answer/fetch-answer'
import type { ChangedInvestigation, Investigation, InvestigationsAnswer, NewInvestigation } from '@/lib/flow/answer/evidence/investigation'

const NOTHING = new URLSearchParams()
/** Number of times that a change is repeated after conflicts. */
const TRIES = 5

export interface NewLink {
  label: string
  href: string
}

function keep(client: QueryClient, investigation: Investigation): void {
  client.setQueryData(['investigation', investigation.id], investigation)
  void client.invalidateQueries({ queryKey: ['investigations'] })
}

function load(id: string, signal: AbortSignal): Promise<Investigation> {
  return fetchJson<Investigation>(`investigations/${id}`, NOTHING, signal)
}

async function append(id: string, link: NewLink): Promise<Investigation> {
  for (let tries = 1; ; tries++) {
    const { version, title, note, links } = await load(id, new AbortController().signal)
    try {
      return await sendJson<Investigation>('PUT', `investigations/${id}`, { version, title, note, links: [...links, link] })
    } catch (error) {
      if (!(error instanceof AnswerError) || error.kind !== 'conflict' || tries >= TRIES) throw error
    }
  }
}

export function useInvestigations() {
  return useQuery({
    queryKey: ['investigations'],
    queryFn: ({ signal }) => fetchJson<InvestigationsAnswer>('investigations', NOTHING, signal),
    staleTime: 0,
  })
}

export function useInvestigation(id: string) {
  return useQuery({ queryKey: ['investigation', id], queryFn: ({ signal }) => load(id, signal), staleTime: 0 })
}

export function useCreate() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: NewInvestigation) => sendJson<Investigation>('POST', 'investigations', body),
    onSuccess: (made) => keep(client, made),
  })
}

/** Appends a link, even if others change the investigation at the same time. */
export function useAppend() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, link }: { id: string; link: NewLink }) => append(id, link),
    onSuccess: (next) => keep(client, next),
  })
}

/** Changes the version that was seen; fails with `conflict` if somebody else changed it first. */
export function useChange(known: Investigation) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: Partial<Omit<ChangedInvestigation, 'version'>>) => {
      const { version, title, note, links } = known
      return sendJson<Investigation>('PUT', `investigations/${known.id}`, {
        version,
        title,
        note,
        links,
        ...change,
      } satisfies ChangedInvestigation)
    },
    onSuccess: (next) => keep(client, next),
  })
}

export function useDelete({ id, version }: Investigation) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => sendJson('DELETE', `investigations/${id}?version=${version}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['investigations'] }),
  })
}
