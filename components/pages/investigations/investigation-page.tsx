'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { AnswerError } from '@/components/parts/answer/answer-error'
import { Failed } from '@/components/parts/answer/failed'
import { formatInstant } from '@/components/parts/format/time'
import { useChange, useInvestigation } from '@/components/parts/investigation/use-investigations'
import { useView } from '@/components/parts/view/use-view'
import { buttonClass } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { RowsSkeleton } from '@/components/ui/marks/rows-skeleton'
import { Panel } from '@/components/ui/panel'
import { Empty } from '@/components/ui/states/empty'
import type { Investigation } from '@/lib/flow/answer/evidence/investigation'
import { SHELF_ID } from '@/lib/flow/answer/shelf'
import { DeleteButton } from './delete-button'
import { LinkRow } from './link-row'
import { NoteForm, SharedNote } from './note-form'
import { ShareButton } from './share-button'
import { Trouble } from './trouble'

function Links({ investigation }: { investigation: Investigation }) {
  const change = useChange(investigation)
  const { links } = investigation
  const put = (next: Investigation['links']) => change.mutate({ links: next })
  const move = (from: number, to: number) => put(links.toSpliced(from, 1).toSpliced(to, 0, links[from]!))
  return (
    <Panel title="Links">
      <Trouble error={change.error} id={investigation.id} />
      {links.length === 0 ? (
        <Empty title="There are no links yet">Open any page, and choose “Add to investigation” beside its time range (key a).</Empty>
      ) : (
        <ol aria-label="Links" className="divide-y divide-line">
          {links.map((link, i) => (
            <LinkRow
              key={`${link.added} ${link.href}`}
              link={link}
              index={i}
              last={i === links.length - 1}
              busy={change.isPending}
              fixed={investigation.mine === false}
              onRename={(label) => put(links.with(i, { ...link, label }))}
              onMove={(to) => move(i, to)}
              onRemove={() => put(links.toSpliced(i, 1))}
            />
          ))}
        </ol>
      )}
    </Panel>
  )
}

function Loaded({ investigation }: { investigation: Investigation }) {
  const router = useRouter()
  const { zone } = useView()
  const { id, title, made, changed } = investigation
  const address = typeof window === 'undefined' ? `/i/${id}` : `${window.location.origin}/i/${id}`
  return (
    <>
      <header className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-80">
          <h1 className="text-lg font-semibold wrap-anywhere">{title}</h1>
          <p className="flex flex-wrap items-center gap-x-2 text-label text-muted">
            <span className="data">{address}</span>
            <CopyButton what="the short address" text={address} />
            <span className="data">made {formatInstant(made, zone)}</span>
            <span className="data">changed {formatInstant(changed, zone)}</span>
            {investigation.mine === false ? <span>shared by somebody else; only they can change it</span> : null}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <a href={`/api/investigations/${id}/export?format=md`} download className={buttonClass()}>
            Export Markdown
          </a>
          <a href={`/api/investigations/${id}/export?format=json`} download className={buttonClass()}>
            Export JSON
          </a>
          {investigation.mine === true ? <ShareButton investigation={investigation} /> : null}
          {investigation.mine === false ? null : (
            <DeleteButton investigation={investigation} onDeleted={() => router.push('/investigations')} />
          )}
        </div>
      </header>
      <Links investigation={investigation} />
      {investigation.mine === false ? <SharedNote note={investigation.note} /> : <NoteForm key={id} investigation={investigation} />}
    </>
  )
}

function isAbsent(error: Error): boolean {
  return error instanceof AnswerError && error.kind === 'absent'
}

function Absent({ id, why }: { id: string; why: string }) {
  return (
    <Empty
      title={`There is no investigation with the id ${id}`}
      titleAs="h1"
      actions={
        <Link href="/investigations" className={buttonClass()}>
          All investigations
        </Link>
      }
    >
      {why}
    </Empty>
  )
}

function Kept({ id }: { id: string }) {
  const { data, error, refetch } = useInvestigation(id)
  if (data !== undefined) return <Loaded investigation={data} />
  if (error === null) return <RowsSkeleton rows={6} height={42} />
  if (isAbsent(error)) return <Absent id={id} why={error.message} />
  return <Failed message={error.message} requestId={error instanceof AnswerError ? error.requestId : null} onRetry={() => void refetch()} />
}

/** One investigation: its links with their verdicts, its note, and its actions. */
export function InvestigationPage({ id }: { id: string }) {
  return (
    <div className="flex flex-col gap-3 px-3 pt-3 pb-4 sm:px-4">
      {SHELF_ID.test(id) ? <Kept id={id} /> : <Absent id={id} why="Its id would have eight letters and digits" />}
    </div>
  )
}
