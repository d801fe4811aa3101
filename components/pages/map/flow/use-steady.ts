import { useMemo, useState } from 'react'
import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'
import { steady } from './steady'

interface Held {
  /** Subject of the picture, without its range: a new subject starts with a new order. */
  subject: string
  order: readonly string[]
}

/** Returns the answer with its nodes in the order in which this picture first showed them. */
export function useSteady(data: PathsAnswer): PathsAnswer {
  const subject = JSON.stringify([data.by, data.metric, data.view.q, data.view.logs, data.view.once, data.coverage.complete])
  const [held, setHeld] = useState<Held>({ subject: '', order: [] })
  const before = held.subject === subject ? held.order : []
  const shown = useMemo(() => steady(data, before), [data, before])
  const known = new Set(before)
  const added = shown.nodes.filter(({ id }) => !known.has(id)).map(({ id }) => id)
  if (held.subject !== subject || added.length > 0) setHeld({ subject, order: [...before, ...added] })
  return shown
}
