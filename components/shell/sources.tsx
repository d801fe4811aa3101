'use client'

import { ChevronDown } from 'lucide-react'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { formatPlural } from '@/components/parts/format/number'
import { Button } from '@/components/ui/button'
import { late } from '@/components/ui/late'
import { Popover } from '@/components/ui/popover'
import { Lamp } from './lamp'
import { noticeOf } from './source-notice'

const SourcesList = late(() => import('./sources-list').then((part) => part.SourcesList), {
  loading: () => <div className="h-28 w-88 max-w-full" aria-busy="true" />,
})

/** Number of sources, and of those that fail. */
export function Sources() {
  const { data, error } = useAnswer('health')
  const failing = data?.sources.filter((source) => source.problem !== null).length ?? 0
  const ending = data?.sources.filter((source) => noticeOf(source) !== null).length ?? 0
  const text = data ? formatPlural(data.sources.length, 'source') : error ? 'no answer' : 'sources'
  const answering = failing > 0 ? `${failing} not answering` : 'all answering'
  const state = error ? error.message : ending > 0 ? `${answering}, ${ending} about to end` : answering
  return (
    <Popover
      label="Sources"
      trigger={
        <Button look="ghost" aria-label={`${text}, ${state}`}>
          <Lamp state={error || failing > 0 ? 'failing' : data && data.sources.length > 0 ? 'well' : 'unknown'} />
          <span className="max-md:sr-only">{text}</span>
          {failing > 0 ? <span className="text-caution">{failing} failing</span> : null}
          {ending > 0 ? <span className="text-caution">SAS ends soon</span> : null}
          <ChevronDown aria-hidden="true" size={12} className="max-md:hidden" />
        </Button>
      }
    >
      <SourcesList data={data} error={error} />
    </Popover>
  )
}
