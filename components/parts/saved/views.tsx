'use client'

import { Star, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { withPins } from '@/components/parts/filter-bar/with-pins'
import { subjectOf } from '@/components/parts/investigation/subject'
import { toHref } from '@/components/parts/view/patch'
import { useView } from '@/components/parts/view/use-view'
import { Button, IconButton } from '@/components/ui/button'
import { Field, TextInput } from '@/components/ui/field'
import { Badge } from '@/components/ui/marks/badge'
import { RowsSkeleton } from '@/components/ui/marks/rows-skeleton'
import type { SavedView } from '@/lib/flow/answer/kept/saved'
import { useForget, useSave, useSaved } from './use-saved'

function Failure({ error }: { error: Error | null }) {
  return error === null ? null : (
    <p role="alert" className="wrap-anywhere text-caution">
      {error.message}
    </p>
  )
}

function SaveForm() {
  const { params } = useView()
  const path = usePathname()
  const save = useSave('views')
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const [initial, setInitial] = useState(false)
  function submit(event: FormEvent) {
    event.preventDefault()
    save.mutate({ body: { name, href: toHref(path, params), shared, initial } }, { onSuccess: () => setName('') })
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <Field label="Save this view as">
            <TextInput autoFocus required maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
          </Field>
        </div>
        <Button type="submit" look="primary" className="h-8" disabled={save.isPending}>
          Save
        </Button>
      </div>
      <div className="flex flex-wrap gap-x-4">
        <label className="flex h-7 items-center gap-1.5">
          <input type="checkbox" checked={initial} onChange={(event) => setInitial(event.target.checked)} />
          {subjectOf(path, params)} opens with it
        </label>
        <label className="flex h-7 items-center gap-1.5">
          <input type="checkbox" checked={shared} onChange={(event) => setShared(event.target.checked)} />
          Share with everybody
        </label>
      </div>
      <Failure error={save.error} />
    </form>
  )
}

function Row({ view, onOpen }: { view: SavedView; onOpen: () => void }) {
  const save = useSave('views')
  const forget = useForget('views')
  const { id, version, name, href, shared, initial, mine, by } = view
  const [path = '/', query = ''] = href.split('?')
  const title = initial ? `${name} no longer opens with its page` : `Open the page with ${name}`
  return (
    <li className="flex flex-col gap-0.5 border-b border-line/60 py-1 last:border-0">
      <div className="flex min-w-0 items-center gap-2">
        <Link href={withPins(href)} onClick={onOpen} className="min-w-0 flex-1 py-1 font-medium wrap-anywhere hover:text-accent">
          {name}
        </Link>
        <span className="text-label text-muted">{subjectOf(path, new URLSearchParams(query))}</span>
        {initial ? <Badge>default</Badge> : null}
        {shared ? <Badge>shared</Badge> : null}
        {by === null ? null : <span className="text-label text-muted">{by}</span>}
        {mine === false ? null : (
          <>
            <IconButton
              label={title}
              aria-pressed={initial}
              onClick={() => save.mutate({ id, body: { version, name, href, shared, initial: !initial } })}
            >
              <Star aria-hidden="true" size={14} className={initial ? 'fill-current' : ''} />
            </IconButton>
            <IconButton label={`Delete ${name}`} onClick={() => forget.mutate({ id, version })}>
              <Trash2 aria-hidden="true" size={14} />
            </IconButton>
          </>
        )}
      </div>
      <Failure error={save.error ?? forget.error} />
    </li>
  )
}

/** The saved views, those of this page first, and a form that saves the current one. */
export function Views({ onOpen }: { onOpen: () => void }) {
  const path = usePathname()
  const { data, error } = useSaved('views')
  const isHere = ({ href }: SavedView) => href.split('?', 1)[0] === path
  const views = data?.views.toSorted((a, b) => Number(isHere(b)) - Number(isHere(a))) ?? []
  return (
    <>
      <SaveForm />
      <Failure error={error} />
      {data?.problems.map((problem) => (
        <p key={problem} className="wrap-anywhere text-caution">
          {problem}
        </p>
      ))}
      {data === undefined && error === null ? <RowsSkeleton rows={3} height={36} /> : null}
      {data && views.length === 0 ? <p className="text-muted">Nothing is saved yet.</p> : null}
      <ul aria-label="Saved views">
        {views.map((view) => (
          <Row key={view.id} view={view} onOpen={onOpen} />
        ))}
      </ul>
    </>
  )
}
