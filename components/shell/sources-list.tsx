'use client'

import type { AnswerError } from '@/components/parts/answer/answer-error'
import { formatInstant } from '@/components/parts/format/time'
import { useView } from '@/components/parts/view/use-view'
import type { HealthAnswer } from '@/lib/flow/answer/read/health'
import { Lamp } from './lamp'
import { noticeOf, type SourceHealth } from './source-notice'

const KINDS = { folder: 'folder', azure: 'storage account' } as const

function SourceItem({ source }: { source: SourceHealth }) {
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

/** Each source, and how to repair those that do not answer. */
export function SourcesList({ data, error }: { data: HealthAnswer | undefined; error: AnswerError | null }) {
  const { zone } = useView()
  return (
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
  )
}
