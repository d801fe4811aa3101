import type { KeptAlert } from '@/lib/flow/answer/kept/alert'
import { write } from '@/lib/link/params'
import { pageKeys, VIEWS } from '@/lib/link/views'

/** Returns the link to the page with the tuples of an alert: a URL, or a path if the server does not know its own address. */
export function hrefOf({ q, logs, from, to }: Pick<KeptAlert, 'q' | 'logs' | 'from' | 'to'>, publicUrl: string | null): string {
  const range = { kind: 'fixed', from: Date.parse(from), to: Date.parse(to) } as const
  const keys = write(pageKeys('tuples'), { asked: { range, q, filter: null, logs: [...logs], asof: null, once: false }, options: {} })
  return `${publicUrl ?? ''}${VIEWS.tuples.page.path}?${keys}`
}
