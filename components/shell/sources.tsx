'use client'

import { ChevronDown } from 'lucide-react'
import { useAnswer } from '@/components/answer/use-answer'
import { formatPlural } from '@/components/format/number'
import { formatInstant } from '@/components/format/time'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { Popover } from '@/components/ui/popover'
import { useView } from '@/components/view/use-view'
import type { HealthAnswer } from '@/lib/flow/answers'
import { expiryNotice } from '@/lib/flow/expiry'

type Source = HealthAnswer['sources'][number]

const KINDS = { folder: 'folder', azure: 'storage account' } as const

const LAMPS = { well: 'bg-muted', failing: 'border-2 border-caution', unknown: 'bg-line-strong' } as const

/** A filled disc for what answers, a ring for what does not. */
function Lamp({ state }: { state: keyof typeof LAMPS }) {
  return <span aria-hidden="true" className={classNames('size-2 shrink-0 rounded-full', LAMPS[state])} />
}

function noticeOf({ expires, problem }: Source): string | null {
  return expires === null || problem !== null ? null : expiryNotice(Date.parse(expires), Date.now())
}

function SourceItem({ source }: { source: Source }) {
  const notice = noticeOf(source)
  return (
    <li className="flex gap-2.5 py-2">
      <span className="mt-1.5">
        <Lamp state={source.problem === null ? 'well' : 'failing'} />
      </span>
      <div className="min-w-0">
        <p className="data wrap-anywhere">{source.name}</p>
        <p className="text-label text-muted">{KINDS[source.kind]}</p>
        {notice ? <p className="mt-0.5 text-label wrap-anywhere text-caution">{notice}</p> : null}
        {source.problem ? <p className="mt-0.5 text-label wrap-anywhere text-caution">{source.problem}</p> : null}
      </div>
    </li>
  )
}

/** How many places are read, and what is wrong with which. */
export function Sources() {
  const { data, error } = useAnswer('health')
  const { zone } = useView()
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
      <div className="w-88 max-w-full">
        <h2 className="text-title font-semibold">Sources</h2>
        {error ? <p className="mt-1 text-caution">{error.message}</p> : null}
        {data?.sources.length === 0 ? <p className="mt-1 text-muted">None is configured.</p> : null}
        <ul className="mt-1 divide-y divide-line">
          {data?.sources.map((source) => (
            <SourceItem key={source.id} source={source} />
          ))}
        </ul>
        {data ? (
          <p className="mt-1 border-t border-line pt-2 text-label text-faint">
            {data.newest ? `newest record ${formatInstant(data.newest, zone)} · ` : ''}
            {data.engine.name} {data.engine.version} · Flowlens {data.version}
          </p>
        ) : null}
      </div>
    </Popover>
  )
}
