'use client'

import { type FormEvent, useState } from 'react'
import { formatInstant, zoneName } from '@/components/format/time'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { useView } from '@/components/view/use-view'
import { writeDuration } from '@/lib/link/instant'
import { parseInstant } from './parse-instant'
import { PRESETS } from './presets'
import { type Range, rangePatch } from './range-math'

const choice = 'flex h-8 w-full items-center rounded-md px-2 text-left hover:bg-hover'
const chosen = 'bg-accent-soft font-medium text-accent'

/** Presets, and a range by its two ends. */
export function RangeForm({ range, onDone }: { range: Range | null; onDone: () => void }) {
  const { asked, zone, go } = useView()
  const [from, setFrom] = useState(range ? formatInstant(range.from, zone) : '')
  const [to, setTo] = useState(range ? formatInstant(range.to, zone) : '')
  const [mistake, setMistake] = useState<string | null>(null)

  function choose(last: string | null) {
    go({ last, from: null, to: null })
    onDone()
  }
  function apply(event: FormEvent) {
    event.preventDefault()
    const start = parseInstant(from, zone)
    const end = parseInstant(to, zone)
    if (start === null || end === null) {
      setMistake(`${start === null ? 'From' : 'To'} is no time: write it as 2024-08-12 16:57:46 Z`)
    } else if (start >= end) setMistake('From has to lie before to')
    else {
      go(rangePatch({ from: start, to: end }))
      onDone()
    }
  }
  const field = (name: string, value: string, change: (text: string) => void) => (
    <label className="flex flex-col gap-1 text-label text-muted">
      {name}
      <input
        value={value}
        onChange={(event) => change(event.target.value)}
        spellCheck={false}
        autoComplete="off"
        className="data h-8 w-64 max-w-full rounded-md border border-line-strong bg-ground px-2 text-data text-ink"
      />
    </label>
  )

  return (
    <div className="flex gap-4 max-sm:flex-col">
      <ul className="w-44 shrink-0">
        <li>
          <button type="button" className={classNames(choice, asked.range.kind === 'newest' && chosen)} onClick={() => choose(null)}>
            Newest 24 h of data
          </button>
        </li>
        {PRESETS.map(({ ms, name }) => (
          <li key={ms}>
            <button
              type="button"
              className={classNames(choice, asked.range.kind === 'last' && asked.range.ms === ms && chosen)}
              onClick={() => choose(writeDuration(ms))}
            >
              {name}
            </button>
          </li>
        ))}
      </ul>
      <form onSubmit={apply} className="flex flex-col gap-3 sm:border-l sm:border-line sm:pl-4">
        {field('From', from, setFrom)}
        {field('To, not included', to, setTo)}
        <p className="max-w-64 text-label text-muted">A time without a zone is read as {zoneName(range?.from ?? 0, zone)}.</p>
        {mistake ? (
          <p role="alert" className="max-w-64 text-label text-caution">
            {mistake}
          </p>
        ) : null}
        <Button type="submit" look="primary" className="mt-auto h-8 self-start">
          Apply
        </Button>
      </form>
    </div>
  )
}
