'use client'

import { useQueryClient } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { usePinLink } from '@/components/parts/evidence/pin-link'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Select, TextInput } from '@/components/ui/field'
import { useToast } from '@/components/ui/toaster'
import { LONGEST_LABEL } from './longest-label'
import { labelOf } from './subject'
import { type NewLink, useAppend, useCreate, useInvestigations } from './use-investigations'

const NEW = ''
/** Longest label of a view that is prefilled, characters. */
const LABEL = 120

/** Asks for the investigation and the label of a link: the given one with fixed times, or one to the current view. */
export function AddDialog({ given = null, onClose }: { given?: NewLink | null; onClose: () => void }) {
  const { params } = useView()
  const path = usePathname()
  const client = useQueryClient()
  const pinLink = usePinLink()
  const { data, error: unlisted, isFetchedAfterMount } = useInvestigations()
  const create = useCreate()
  const append = useAppend()
  const say = useToast()
  const [chosen, setChosen] = useState<string | null>(null)
  const [title, setTitle] = useState('')
  const [label, setLabel] = useState(() => given?.label ?? labelOf(client, path, params).slice(0, LABEL))
  const [trouble, setTrouble] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  // An older list may lack what was just made, or have another order.
  const listing = !isFetchedAfterMount
  const known = listing ? [] : (data?.investigations.filter(({ mine }) => mine !== false) ?? [])
  const id = chosen ?? known[0]?.id ?? NEW

  async function add(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    setTrouble(null)
    try {
      const pinned = given === null ? await pinLink() : { href: given.href, unproved: null }
      if (pinned === null) throw new Error('There is no answer to link to yet')
      const link = { label, href: pinned.href }
      const into = id === NEW ? await create.mutateAsync({ title, links: [link] }) : await append.mutateAsync({ id, link })
      say({
        text: pinned.unproved === null ? 'Added to' : `Added without a fingerprint (${pinned.unproved}) to`,
        link: { href: `/i/${into.id}`, label: into.title },
      })
      onClose()
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog title="Add to investigation" onClose={onClose}>
      <form onSubmit={add} className="flex flex-col gap-3">
        <Field label="Investigation">
          <Select value={id} disabled={listing} onChange={(event) => setChosen(event.target.value)}>
            {known.map((one) => (
              <option key={one.id} value={one.id}>
                {one.title}
              </option>
            ))}
            <option value={NEW}>{listing ? '' : 'New investigation'}</option>
          </Select>
        </Field>
        {id === NEW && !listing ? (
          <Field label="Title">
            <TextInput required maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} />
          </Field>
        ) : null}
        <Field label="Label of the link">
          <TextInput autoFocus required maxLength={LONGEST_LABEL} value={label} onChange={(event) => setLabel(event.target.value)} />
        </Field>
        <p className="text-label text-muted">
          {given === null
            ? 'The link has fixed times, stays as of this answer, and says later whether it still rests on the same data.'
            : 'The link has fixed times and shows exactly these tuples.'}
        </p>
        {(trouble ?? unlisted?.message) ? (
          <p role="alert" className="wrap-anywhere text-caution">
            {trouble ?? unlisted?.message}
          </p>
        ) : null}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={busy || listing}>
            Add
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
