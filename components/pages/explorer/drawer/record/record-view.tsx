'use client'

import { ChevronRight } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { RawAnswer } from '@/lib/flow/answer/tuples/raw'
import { layOutRecord } from './record-text'

function LaidOut({ line, text, offset }: { line: string; text: string; offset: number }) {
  const mark = useRef<HTMLElement>(null)
  const box = useRef<HTMLElement>(null)
  const record = useMemo(() => layOutRecord(text, line, offset), [text, line, offset])
  useEffect(() => {
    if (mark.current && box.current) box.current.scrollTop = mark.current.offsetTop - box.current.clientHeight / 2
  }, [])
  return (
    <section
      ref={box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
      tabIndex={0}
      aria-label="The record"
      className="data relative mt-1 max-h-96 overflow-auto rounded-md border border-line bg-sunken p-2.5 text-label whitespace-pre"
    >
      {record === null ? (
        text
      ) : (
        <>
          {record.text.slice(0, record.at)}
          <mark ref={mark} className="rounded-[2px] bg-accent-fill text-on-accent">
            {record.text.slice(record.at, record.end)}
          </mark>
          {record.text.slice(record.end)}
        </>
      )}
    </section>
  )
}

/** The record that holds the line, folded at first. */
export function RecordView({ raw }: { raw: RawAnswer }) {
  const [open, setOpen] = useState(false)
  const { line } = raw
  const { text, offset } = raw.record
  if (line === null) return null
  if (text === null) return <p className="text-label text-muted">The record is longer than 256 KiB and is not shown.</p>
  return (
    <details className="group" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="inline-flex min-h-7 list-none items-center gap-1 rounded-sm text-label font-medium text-muted hover:text-ink">
        <ChevronRight aria-hidden="true" size={14} className="group-open:rotate-90" />
        Record around it
      </summary>
      {open ? <LaidOut key={raw.id} line={line} text={text} offset={raw.offset - offset} /> : null}
    </details>
  )
}
