'use client'

import { formatPlural } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { PatchLink } from '@/components/view/patch-link'
import { useView } from '@/components/view/use-view'
import { useCounters } from './use-counters'

function Switch({ once }: { once: boolean }) {
  return (
    <PatchLink
      patch={{ once: once ? null : '1' }}
      className="-my-1.5 rounded-sm py-1.5 whitespace-nowrap text-accent underline underline-offset-3"
    >
      {once ? 'Count every one' : 'Count once'}
    </PatchLink>
  )
}

/** How many tuples of the view other observers wrote as well, and the switch that counts them once. */
export function OnceFact() {
  const { once } = useView().asked
  const { data, error, waits, ask, retry } = useCounters()
  if (error || waits)
    return (
      <li className="gap-1.5">
        {error ? <span className="text-caution">What was seen twice is not known</span> : once ? 'Counted once' : null}
        <Button look="ghost" onClick={error ? retry : ask}>
          {error ? 'Try again' : 'Find what was seen twice'}
        </Button>
        {once ? <Switch once /> : null}
      </li>
    )
  if (data === undefined)
    return (
      <li className="gap-1.5">
        {once ? 'Counted once:' : 'Seen twice:'}
        <Skeleton className="h-3 w-40" />
      </li>
    )
  const { rows } = data.repeated
  if (once)
    return (
      <li>
        <span className="text-caution">
          Counted once: <span className="data">{formatPlural(rows, 'repeated tuple')}</span> left out <Switch once />
        </span>
      </li>
    )
  return (
    <li title="tuples that another network card, log or ACL of this view wrote about the same event">
      <span>
        Seen twice: <span className="data text-ink">{rows === 0 ? 'no tuple' : formatPlural(rows, 'tuple')}</span>{' '}
        {rows === 0 ? null : <Switch once={false} />}
      </span>
    </li>
  )
}
