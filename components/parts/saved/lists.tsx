'use client'

import { Pencil, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { formatPlural } from '@/components/parts/format/number'
import { Button, IconButton } from '@/components/ui/button'
import { Field, TextArea, TextInput } from '@/components/ui/field'
import { RowsSkeleton } from '@/components/ui/marks/rows-skeleton'
import type { SavedList } from '@/lib/flow/answer/kept/saved'
import { useForget, useSave, useSaved } from './use-saved'

/** Values as typed or pasted: one a line, or with commas or spaces between them. */
function valuesOf(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter(Boolean))]
}

function ListForm({ list, onDone }: { list: SavedList | null; onDone: () => void }) {
  const save = useSave('lists')
  const [name, setName] = useState(list?.name ?? '')
  const [text, setText] = useState(list?.values.join('\n') ?? '')
  function submit(event: FormEvent) {
    event.preventDefault()
    const body = { name: name.replace(/^\$/, ''), values: valuesOf(text) }
    const changed = list === null ? { body } : { id: list.id, body: { ...body, version: list.version } }
    save.mutate(changed, { onSuccess: onDone })
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <Field label="Name of the list">
        <TextInput required maxLength={41} placeholder="partners" value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label="Values: addresses, prefixes, ports or names">
        <TextArea required rows={5} className="data" value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
      <div className="flex items-center gap-2">
        <Button type="submit" look="primary" disabled={save.isPending}>
          {list === null ? 'Save list' : `Change $${list.name}`}
        </Button>
        {list === null ? null : <Button onClick={onDone}>Cancel</Button>}
        <span className="text-label text-muted">{formatPlural(valuesOf(text).length, 'value')}</span>
      </div>
      {save.error ? (
        <p role="alert" className="wrap-anywhere text-caution">
          {save.error.message}
        </p>
      ) : null}
    </form>
  )
}

/** The saved lists, which filters name as `$NAME`, and a form for a new one or for the one that is changed. */
export function Lists() {
  const { data, error } = useSaved('lists')
  const forget = useForget('lists')
  const [open, setOpen] = useState<{ list: SavedList | null; round: number }>({ list: null, round: 0 })
  const edit = (list: SavedList | null) => setOpen(({ round }) => ({ list, round: round + 1 }))
  return (
    <>
      <p className="text-label text-muted">
        A filter names a list with a dollar sign: <span className="data">src:$partners</span>,{' '}
        <span className="data">not dport:$usual</span>. Everybody can use it.
      </p>
      <ListForm key={open.round} list={open.list} onDone={() => edit(null)} />
      {(error ?? forget.error) ? (
        <p role="alert" className="wrap-anywhere text-caution">
          {(error ?? forget.error)!.message}
        </p>
      ) : null}
      {data?.problems.map((problem) => (
        <p key={problem} className="wrap-anywhere text-caution">
          {problem}
        </p>
      ))}
      {data === undefined && error === null ? <RowsSkeleton rows={3} height={36} /> : null}
      <ul aria-label="Saved lists">
        {data?.lists.map((list) => (
          <li key={list.id} className="flex min-w-0 items-center gap-2 border-b border-line/60 py-1 last:border-0">
            <span className="data font-medium">${list.name}</span>
            <span className="data min-w-0 flex-1 truncate text-label text-muted" title={list.values.slice(0, 50).join('\n')}>
              {list.values.slice(0, 8).join(', ')}
            </span>
            <span className="text-label whitespace-nowrap text-muted">{formatPlural(list.values.length, 'value')}</span>
            {list.by === null ? null : <span className="text-label text-muted">{list.by}</span>}
            {list.mine === false ? null : (
              <>
                <IconButton label={`Change $${list.name}`} onClick={() => edit(list)}>
                  <Pencil aria-hidden="true" size={14} />
                </IconButton>
                <IconButton label={`Delete $${list.name}`} onClick={() => forget.mutate(list)}>
                  <Trash2 aria-hidden="true" size={14} />
                </IconButton>
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
