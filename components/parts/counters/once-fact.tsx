'use client'

import { isUnread } from '@/components/parts/answer/load/unread'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { TryAgain } from '@/components/parts/session/try-again'
import { PatchLink } from '@/components/parts/view/patch-link'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/marks/skeleton'
import { allRead } from '@/lib/flow/answer/all-read'
import { useCounters } from './use-counters'

function Switch({ once }: { once: boolean }) {
  return (
    <PatchLink
      patch={{ once: once ? null : '1' }}
      className="-my-1.5 rounded-sm py-1.5 whitespace-nowrap text-accent underline underline-offset-3"
    >
      {once ? 'Count duplicates too' : 'Deduplicate'}
    </PatchLink>
  )
}

/** Number of duplicate tuples, and the switch that leaves them out. */
export function OnceFact() {
  const { once } = useView().asked
  const { data, error, waits, ask, retry } = useCounters()
  if (error || waits)
    return (
      <li className="gap-1.5">
        {error ? <span className="text-caution">Duplicate records are not known</span> : once ? 'Deduplicated' : null}
        {error ? (
          <TryAgain onRetry={retry} />
        ) : (
          <Button look="ghost" onClick={ask}>
            Find duplicate records
          </Button>
        )}
        {once ? <Switch once /> : null}
      </li>
    )
  if (data === undefined)
    return (
      <li className="gap-1.5">
        {once ? 'Deduplicated:' : 'Duplicate records:'}
        <Skeleton className="h-3 w-40" />
      </li>
    )
  if (isUnread(data.coverage)) return null
  const { repeated, copies } = data
  const rows = repeated.rows + copies.rows
  const exact =
    copies.rows === 0
      ? ''
      : `${copies.rows === rows ? 'all' : `${formatCount(copies.rows)} of them`} exact copies, in ${formatPlural(copies.blobs, 'blob')}`
  if (once)
    return (
      <li>
        <span className="text-caution">
          Deduplicated: <span className="data">{formatPlural(rows, 'duplicate tuple')}</span> left out{exact === '' ? '' : ` (${exact})`}{' '}
          <Switch once />
        </span>
      </li>
    )
  return (
    <li title="Tuples that another NIC, log or ACL of this view wrote about the same event, or that stand in another file as well">
      <span className={copies.rows === 0 ? '' : 'text-caution'}>
        Duplicate records:{' '}
        <span className="data text-ink">{rows > 0 ? formatPlural(rows, 'tuple') : allRead(data.coverage) ? 'none' : 'none so far'}</span>
        {exact === '' ? '' : `, ${exact}`} {rows === 0 ? null : <Switch once={false} />}
      </span>
    </li>
  )
}
