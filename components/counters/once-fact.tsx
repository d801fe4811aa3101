'use client'

import { formatPlural } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { PatchLink } from '@/components/view/patch-link'
import { useView } from '@/components/view/use-view'
import { useCounters } from './use-counters'

const SWITCH = '-my-1.5 ml-1.5 rounded-sm py-1.5 text-accent underline underline-offset-3'

/** How many tuples of the view other observers wrote as well, and the switch that counts them once. */
export function OnceFact() {
  const { once } = useView().asked
  const { data, error, waits, ask, retry } = useCounters()
  const other = (
    <PatchLink patch={{ once: once ? null : '1' }} className={SWITCH}>
      {once ? 'Count every one' : 'Count once'}
    </PatchLink>
  )
  if (error)
    return (
      <li className="text-caution">
        What was seen twice is not known{' '}
        <Button look="ghost" onClick={retry}>
          Try again
        </Button>
        {once ? other : null}
      </li>
    )
  if (waits)
    return (
      <li>
        {once ? 'Counted once' : null}
        <Button look="ghost" onClick={ask}>
          Find what was seen twice
        </Button>
        {once ? other : null}
      </li>
    )
  if (data === undefined)
    return (
      <li>
        {once ? 'Counted once: ' : 'Seen twice: '}
        <Skeleton className="ml-1.5 h-3 w-40" />
      </li>
    )
  const { rows } = data.repeated
  if (once)
    return (
      <li className="text-caution">
        Counted once:&nbsp;<span className="data">{formatPlural(rows, 'repeated tuple')}</span>&nbsp;left out
        {other}
      </li>
    )
  return (
    <li title="tuples that another network card, log or ACL of this view wrote about the same event">
      Seen twice:&nbsp;<span className="data text-ink">{rows === 0 ? 'no tuple' : formatPlural(rows, 'tuple')}</span>
      {rows === 0 ? null : other}
    </li>
  )
}
