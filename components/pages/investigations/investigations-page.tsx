'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { Failed } from '@/components/parts/answer/failed'
import { formatPlural } from '@/components/parts/format/number'
import { formatInstant } from '@/components/parts/format/time'
import { useCreate, useInvestigations } from '@/components/parts/investigation/use-investigations'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'
import { TextInput } from '@/components/ui/field'
import { RowsSkeleton } from '@/components/ui/marks/rows-skeleton'
import { Panel } from '@/components/ui/panel'
import { Empty } from '@/components/ui/states/empty'
import { Notice } from '@/components/ui/states/notice'
import type { InvestigationsAnswer } from '@/lib/flow/answer/evidence/investigation'

function NewForm() {
  const router = useRouter()
  const create = useCreate()
  const [title, setTitle] = useState('')
  function make(event: FormEvent) {
    event.preventDefault()
    create.mutate({ title }, { onSuccess: ({ id }) => router.push(`/i/${id}`) })
  }
  return (
    <form onSubmit={make} className="flex min-w-0 flex-wrap items-center gap-2">
      <div className="flex min-w-0 gap-2">
        <div className="w-64 min-w-0 shrink">
          <TextInput
            aria-label="Title of a new investigation"
            placeholder="Title of a new investigation"
            required
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        </div>
        <Button type="submit" look="primary" className="h-8" disabled={create.isPending}>
          Create
        </Button>
      </div>
      {create.error ? (
        <p role="alert" className="wrap-anywhere text-caution">
          {create.error.message}
        </p>
      ) : null}
    </form>
  )
}

function Rows({ investigations }: Pick<InvestigationsAnswer, 'investigations'>) {
  const { zone } = useView()
  if (investigations.length === 0) {
    return (
      <Empty title="There are no investigations yet">
        An investigation is a title, a note and a list of links that can be verified. Create one here, or open any page and choose “Add to
        investigation” beside its time range (key a).
      </Empty>
    )
  }
  return (
    <ul className="divide-y divide-line">
      {investigations.map(({ id, title, links, shared, mine, changed }) => (
        <li key={id} className="relative flex flex-wrap items-center gap-x-4 gap-y-0.5 px-3 py-2 hover:bg-hover">
          <Link
            href={`/i/${id}`}
            className="min-w-0 flex-1 basis-60 font-medium pointer-coarse:py-1 wrap-anywhere after:absolute after:inset-0"
          >
            {title}
          </Link>
          {shared && mine !== null ? (
            <span className="text-label text-muted">{mine ? 'shared with everybody' : 'shared by somebody else'}</span>
          ) : null}
          <span className="data text-label text-muted">{formatPlural(links, 'link')}</span>
          <span className="data text-label text-muted">changed {formatInstant(changed, zone)}</span>
        </li>
      ))}
    </ul>
  )
}

/** All investigations, the last changed first. */
export function InvestigationsPage() {
  const { data, error, refetch } = useInvestigations()
  return (
    <div className="flex flex-col gap-3 px-3 pt-3 pb-4 sm:px-4">
      <h1 className="sr-only">Investigations</h1>
      {data !== undefined && data.problems.length > 0 ? (
        <Notice tone="caution" title="Some investigations could not be read">
          <ul>
            {data.problems.map((problem) => (
              <li key={problem} className="wrap-anywhere">
                {problem}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <Panel title="Investigations" actions={<NewForm />}>
        {data !== undefined ? (
          <Rows investigations={data.investigations} />
        ) : error !== null ? (
          <Failed message={error.message} requestId={null} onRetry={() => void refetch()} />
        ) : (
          <RowsSkeleton rows={4} height={38} />
        )}
      </Panel>
    </div>
  )
}
