'use client'

import { BellOff } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button, IconButton } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Select, TextInput } from '@/components/ui/field'
import type { Finding } from '@/lib/flow/answer/traffic/findings'
import { factsOf } from '@/lib/flow/finding/facts'
import { DAY } from '@/lib/flow/time/bucket'
import { useMute } from './use-mutes'

/** Durations of a mute; 0 means without end. Days. */
const TERMS = [
  [1, 'a day'],
  [7, 'a week'],
  [30, '30 days'],
  [0, 'ever'],
] as const

function MuteDialog({ finding, onClose }: { finding: Finding; onClose: () => void }) {
  const { kind, id, sentence, figures } = finding
  const address = typeof figures.address === 'string' ? figures.address : null
  const mute = useMute()
  const [what, setWhat] = useState<'finding' | 'kind'>('finding')
  const [why, setWhy] = useState('')
  const [days, setDays] = useState(30)
  function save(event: FormEvent) {
    event.preventDefault()
    const until = days === 0 ? null : new Date(Date.now() + days * DAY).toISOString()
    mute.mutate({ kind, why, until, ...(what === 'finding' ? { finding: id } : { address }) }, { onSuccess: onClose })
  }
  return (
    <Dialog title="Mute" onClose={onClose}>
      <form onSubmit={save} className="flex flex-col gap-3">
        <p className="wrap-anywhere text-muted">{sentence}.</p>
        <Field label="What">
          <Select value={what} onChange={(event) => setWhat(event.target.value as typeof what)}>
            <option value="finding">this finding</option>
            {address === null ? null : (
              <option value="kind">
                every “{factsOf(kind).label}” about {address}
              </option>
            )}
          </Select>
        </Field>
        <Field label="Why">
          <TextInput autoFocus required maxLength={500} value={why} onChange={(event) => setWhy(event.target.value)} />
        </Field>
        <Field label="For">
          <Select value={String(days)} onChange={(event) => setDays(Number(event.target.value))}>
            {TERMS.map(([value, label]) => (
              <option key={value} value={String(value)}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        {mute.error ? (
          <p role="alert" className="wrap-anywhere text-caution">
            {mute.error.message}
          </p>
        ) : null}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={mute.isPending}>
            Mute
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** Mutes a finding, or its kind for its address, with a reason and a duration. */
export function MuteButton({ finding }: { finding: Finding }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton label={`Mute: ${finding.sentence}`} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <BellOff aria-hidden="true" size={13} />
      </IconButton>
      {open ? <MuteDialog finding={finding} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
