'use client'

import { useRouter } from 'next/navigation'
import { type MouseEvent, useCallback, useEffect, useMemo, useRef } from 'react'
import { hostHref } from '@/components/parts/host-link/host-href'
import { useView } from '@/components/parts/view/use-view'
import { useContextNames } from '@/components/parts/whois/use-whois'
import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'
import { fieldOf, type KeyField } from '@/lib/flow/field/fields'
import { inside } from '../columns/open-group'
import { filtersOf, type Marked } from './filters'

type Node = PathsAnswer['nodes'][number]

/** A second click within this time opens instead of including. Milliseconds. */
const DOUBLE = 250

export interface Acts {
  /** The link that includes the tuples; undefined if no filter can. */
  href: string | undefined
  /** Opens the group, or the page of a host; null if there is nothing inside. */
  open: (() => void) | null
  onClick: (event: MouseEvent) => void
  /** Excludes the tuples. */
  drop: () => void
}

export type ActsOf = (nodes: readonly Node[]) => Acts

/** Returns what clicks on nodes do: a click keeps them, alt-click drops them, a double click opens them. */
export function useActs(data: Pick<PathsAnswer, 'by' | 'nodes'>): ActsOf {
  const { q, href, go } = useView()
  const router = useRouter()
  const told = useContextNames()
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(waiting.current), [])
  const fields = useMemo(() => data.by.split(',') as KeyField[], [data.by])
  const shown = useMemo(
    () => fields.map((_, i) => data.nodes.filter(({ column, other }) => column === i && !other).map(({ value }) => value)),
    [fields, data.nodes],
  )
  return useCallback(
    (nodes) => {
      const marked = nodes.map((node): Marked => ({ field: fields[node.column]!, node, shown: shown[node.column]! }))
      const filters = filtersOf(q, marked)
      const [{ field, node }] = marked as [Marked & { node: Node }]
      const next = nodes.length === 1 && !node.other ? inside(field, told) : null
      const host = nodes.length === 1 && fieldOf(field).type === 'address' && !node.other ? hostHref(node.value, { href }) : null
      const opened = () => {
        if (next !== null && filters !== null)
          go({ q: filters.keep, by: fields.map((one, i) => (i === node.column ? next : one)).join(',') })
        else if (host !== null) router.push(host)
      }
      const drop = () => {
        if (filters !== null) go({ q: filters.drop() })
      }
      const open = (next !== null && filters !== null) || host !== null ? opened : null
      return {
        drop,
        href: filters === null ? undefined : href({ q: filters.keep }),
        open,
        onClick: (event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return
          event.preventDefault()
          clearTimeout(waiting.current)
          if (filters === null) return
          if (event.altKey) drop()
          else if (open === null) go({ q: filters.keep })
          else if (event.detail > 1) open()
          else waiting.current = setTimeout(() => go({ q: filters.keep }), DOUBLE)
        },
      }
    },
    [q, href, go, router, told, fields, shown],
  )
}
