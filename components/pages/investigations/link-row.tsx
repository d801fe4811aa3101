'use client'

import { ArrowDown, ArrowUp, Check, Pencil, X } from 'lucide-react'
import Link from 'next/link'
import { type FormEvent, useState } from 'react'
import { formatInstant, formatRange } from '@/components/parts/format/time'
import { subjectOf } from '@/components/parts/investigation/subject'
import { useView } from '@/components/parts/view/use-view'
import { Button, IconButton } from '@/components/ui/button'
import { TextInput } from '@/components/ui/field'
import type { InvestigationLink } from '@/lib/flow/answer/evidence/investigation'
import { readHref } from '@/lib/link/href'
import { LinkVerdict } from './link-verdict'

function Rename({ label, onRename, onEnd }: { label: string; onRename: (label: string) => void; onEnd: () => void }) {
  const [text, setText] = useState(label)
  function rename(event: FormEvent) {
    event.preventDefault()
    if (text.trim() !== label) onRename(text)
    onEnd()
  }
  return (
    <form onSubmit={rename} className="flex min-w-0 flex-1 gap-2">
      <TextInput
        aria-label="Label"
        autoFocus
        required
        maxLength={300}
        value={text}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" look="primary">
        <Check aria-hidden="true" size={13} />
        Rename
      </Button>
      <Button onClick={onEnd}>Cancel</Button>
    </form>
  )
}

/** Describes the question of a link. */
function About({ href }: { href: string }) {
  const { zone } = useView()
  const { asked } = readHref(href)
  const { range, q, asof } = asked
  const [path = '', query = ''] = href.split('?')
  const parts = [
    subjectOf(path, new URLSearchParams(query)),
    range.kind === 'fixed' && range.to !== null ? formatRange(range.from, range.to, zone) : 'moving range',
    asof === null ? 'not pinned' : `as of ${formatInstant(asof, zone)}`,
    q,
  ]
  return <p className="data text-label wrap-anywhere text-muted">{parts.filter(Boolean).join(' · ')}</p>
}

/** One link of an investigation, with its verdict and its actions. */
export function LinkRow({
  link,
  index,
  last,
  busy,
  fixed,
  onRename,
  onMove,
  onRemove,
}: {
  link: InvestigationLink
  index: number
  last: boolean
  busy: boolean
  /** True if the link can only be followed. */
  fixed: boolean
  onRename: (label: string) => void
  onMove: (to: number) => void
  onRemove: () => void
}) {
  const [renaming, setRenaming] = useState(false)
  const { label, href } = link
  return (
    <li className="flex flex-col gap-1 px-3 py-2">
      <div className="flex flex-wrap items-center gap-2">
        {renaming ? (
          <Rename label={label} onRename={onRename} onEnd={() => setRenaming(false)} />
        ) : (
          <>
            <span className="data text-faint">{index + 1}</span>
            <Link
              href={href}
              className="min-w-0 flex-1 basis-48 py-1 font-medium text-accent wrap-anywhere underline-offset-3 hover:underline"
            >
              {label}
            </Link>
            <div className={fixed ? 'hidden' : 'flex'}>
              <IconButton label={`Rename ${label}`} disabled={busy} onClick={() => setRenaming(true)}>
                <Pencil aria-hidden="true" size={13} />
              </IconButton>
              <IconButton label={`Move ${label} up`} disabled={busy || index === 0} onClick={() => onMove(index - 1)}>
                <ArrowUp aria-hidden="true" size={13} />
              </IconButton>
              <IconButton label={`Move ${label} down`} disabled={busy || last} onClick={() => onMove(index + 1)}>
                <ArrowDown aria-hidden="true" size={13} />
              </IconButton>
              <IconButton label={`Remove ${label}`} disabled={busy} onClick={onRemove}>
                <X aria-hidden="true" size={13} />
              </IconButton>
            </div>
          </>
        )}
      </div>
      <About href={href} />
      <LinkVerdict href={href} />
    </li>
  )
}
