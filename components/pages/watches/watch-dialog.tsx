'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Select, TextInput } from '@/components/ui/field'
import type { Condition } from '@/lib/flow/answer/kept/watch'
import { WATCH_METRICS } from '@/lib/flow/answer/kept/watch-metrics'
import { factsOf } from '@/lib/flow/finding/facts'
import { FINDING_KINDS, LEVELS } from '@/lib/flow/finding/kinds'

const WINDOWS = ['5m', '15m', '1h', '6h', '1d'] as const

export interface Draft {
  title: string
  condition: Condition
}

/** Returns the initial title and condition of a new watch. */
export function draftOf(q: string, logs: string[]): Draft {
  return { title: '', condition: { about: 'findings', q, logs, kinds: [...FINDING_KINDS], level: 'high', thresholds: '' } }
}

function about(to: Condition['about'], { q, logs }: Condition): Condition {
  return to === 'findings' ? draftOf(q, logs).condition : { about: 'filter', q, logs, metric: 'tuples', least: 1000, window: '1h' }
}

type Of<About> = Extract<Condition, { about: About }>

function FilterFields({ value, onChange }: { value: Of<'filter'>; onChange: (next: Condition) => void }) {
  return (
    <div className="grid grid-cols-3 gap-2">
      <Field label="At least">
        <TextInput
          type="number"
          min={1}
          required
          value={String(value.least)}
          onChange={(event) => onChange({ ...value, least: Number(event.target.value) })}
        />
      </Field>
      <Field label="Of">
        <Select value={value.metric} onChange={(event) => onChange({ ...value, metric: event.target.value as typeof value.metric })}>
          {WATCH_METRICS.map((metric) => (
            <option key={metric}>{metric}</option>
          ))}
        </Select>
      </Field>
      <Field label="Within">
        <Select value={value.window} onChange={(event) => onChange({ ...value, window: event.target.value })}>
          {[...new Set([...WINDOWS, value.window])].map((window) => (
            <option key={window}>{window}</option>
          ))}
        </Select>
      </Field>
    </div>
  )
}

function FindingsFields({ value, onChange }: { value: Of<'findings'>; onChange: (next: Condition) => void }) {
  return (
    <>
      <fieldset className="grid gap-x-3 sm:grid-cols-2">
        <legend className="pb-1 text-label text-muted">Kinds</legend>
        {FINDING_KINDS.map((kind) => (
          <label key={kind} className="flex min-h-7 items-center gap-2">
            <input
              type="checkbox"
              checked={value.kinds.includes(kind)}
              onChange={(event) =>
                onChange({
                  ...value,
                  kinds: FINDING_KINDS.filter((one) => (one === kind ? event.target.checked : value.kinds.includes(one))),
                })
              }
            />
            {factsOf(kind).label}
          </label>
        ))}
      </fieldset>
      <Field label="From level">
        <Select value={value.level} onChange={(event) => onChange({ ...value, level: event.target.value as typeof value.level })}>
          {LEVELS.map((level) => (
            <option key={level}>{level}</option>
          ))}
        </Select>
      </Field>
    </>
  )
}

/** Dialog with the title and the condition of a watch. */
export function WatchDialog({
  title: heading,
  initial,
  busy,
  problem,
  onSave,
  onClose,
}: {
  title: string
  initial: Draft
  busy: boolean
  problem: string | null
  onSave: (draft: Draft) => void
  onClose: () => void
}) {
  const [{ title, condition }, setDraft] = useState(initial)
  const set = (next: Condition) => setDraft({ title, condition: next })
  function save(event: FormEvent) {
    event.preventDefault()
    onSave({ title, condition })
  }
  return (
    <Dialog title={heading} wide onClose={onClose}>
      <form onSubmit={save} className="flex flex-col gap-3">
        <Field label="Title">
          <TextInput
            autoFocus
            required
            maxLength={200}
            value={title}
            onChange={(event) => setDraft({ title: event.target.value, condition })}
          />
        </Field>
        <Field label="Watch for">
          <Select value={condition.about} onChange={(event) => set(about(event.target.value as Condition['about'], condition))}>
            <option value="findings">findings</option>
            <option value="filter">a filter with a threshold</option>
          </Select>
        </Field>
        <Field label="Filter (empty: all traffic)">
          <TextInput value={condition.q} onChange={(event) => set({ ...condition, q: event.target.value })} />
        </Field>
        {condition.about === 'filter' ? (
          <FilterFields value={condition} onChange={set} />
        ) : (
          <FindingsFields value={condition} onChange={set} />
        )}
        <p className="text-label text-muted">Everybody who may use this server sees the watch and what it finds.</p>
        {problem === null ? null : (
          <p role="alert" className="wrap-anywhere text-caution">
            {problem}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={busy}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
