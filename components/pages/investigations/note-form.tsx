'use client'

import { type FormEvent, useState } from 'react'
import { useChange } from '@/components/parts/investigation/use-investigations'
import { Button } from '@/components/ui/button'
import { Field, TextArea, TextInput } from '@/components/ui/field'
import { Panel } from '@/components/ui/panel'
import type { Investigation } from '@/lib/flow/answer/evidence/investigation'
import { Trouble } from './trouble'

/** The note of an investigation that somebody else shared. */
export function SharedNote({ note }: Pick<Investigation, 'note'>) {
  return (
    <Panel title="Note">
      <p className="p-3 wrap-anywhere whitespace-pre-wrap">{note === '' ? 'There is no note.' : note}</p>
    </Panel>
  )
}

/** A form for title and note. */
export function NoteForm({ investigation }: { investigation: Investigation }) {
  const [title, setTitle] = useState(investigation.title)
  const [note, setNote] = useState(investigation.note)
  const change = useChange(investigation)
  const same = title.trim() === investigation.title && note === investigation.note
  function save(event: FormEvent) {
    event.preventDefault()
    change.mutate({ title, note })
  }
  return (
    <Panel title="Title and note">
      <p className="hidden p-3 wrap-anywhere whitespace-pre-wrap print:block">{note === '' ? 'There is no note.' : note}</p>
      <form onSubmit={save} className="flex flex-col gap-3 p-3 print:hidden">
        <Field label="Title">
          <TextInput required maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} />
        </Field>
        <Field label="Note, plain text">
          <TextArea rows={10} maxLength={100_000} value={note} onChange={(event) => setNote(event.target.value)} />
        </Field>
        <Trouble error={change.error} id={investigation.id} />
        <div className="flex items-center gap-3">
          <Button type="submit" look="primary" disabled={same || change.isPending}>
            Save
          </Button>
          <p role="status" className="text-label text-muted">
            {same ? 'Saved' : 'Not saved yet'}
          </p>
        </div>
      </form>
    </Panel>
  )
}
