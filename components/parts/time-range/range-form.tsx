'use client'

import { type FormEvent, useId, useState } from 'react'
import { formatDuration, formatRange, type Zone, zoneName } from '@/components/parts/format/time'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'
import { MistakeMark } from '@/components/ui/marks/mistake-mark'
import type { AskedRange } from '@/lib/flow/view/view'
import { entryOf, type TypedRange } from './entry'
import { PresetLinks } from './preset-links'
import { dayPresets, ENDING_NOW } from './presets'
import { askedPatch, type TimeSpan } from './range-math'
import { writeRange } from './write-range'

const EXAMPLES = ['yesterday 14:00..16:00', 'last 90m', '12 Aug', '12 Aug 14:00 ± 10m', '1723481866..+5m'] as const

/** Describes a range: its ends, its zone and its length. */
function meaning(range: AskedRange, now: number, zone: Zone): string {
  if (range.kind === 'newest') return 'the latest 24 hours that hold data'
  const from = range.kind === 'last' ? now - range.ms : range.from
  const to = range.kind === 'last' ? now : (range.to ?? now)
  return `${formatRange(from, to, zone)} · ${formatDuration(to - from)}`
}

function Verdict({ id, entry, tried, now, zone }: { id: string; entry: TypedRange; tried: boolean; now: number; zone: Zone }) {
  if (entry.range !== null) {
    return (
      <p id={id} className="data text-label text-muted">
        {meaning(entry.range, now, zone)}
      </p>
    )
  }
  return (
    <p id={id} role={tried ? 'alert' : undefined} className={`text-label wrap-anywhere ${tried ? 'text-caution' : 'text-muted'}`}>
      <span className="data">character {entry.span.at + 1}</span> · {entry.message}
    </p>
  )
}

/** A text field for a range, and presets. `range` is the current one, null before it is known. */
export function RangeForm({ range, onDone }: { range: TimeSpan | null; onDone: () => void }) {
  const { asked, zone, go } = useView()
  const [now] = useState(Date.now)
  const [text, setText] = useState(() =>
    writeRange(asked.range.kind === 'newest' && range ? { kind: 'fixed', from: range.from, to: range.to } : asked.range, zone),
  )
  const [tried, setTried] = useState(false)
  const [scrolled, setScrolled] = useState(0)
  const verdictId = useId()
  const entry = entryOf(text, { now, zone })

  function apply(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    const { range: chosen } = entryOf(text, { now: Date.now(), zone })
    if (chosen === null) return
    go(askedPatch(chosen))
    onDone()
  }

  return (
    <div className="flex w-130 max-w-full flex-col gap-3">
      <form onSubmit={apply}>
        <div className="flex gap-2">
          <div className="relative h-8 min-w-0 flex-1 rounded-md border border-line-strong bg-ground">
            {tried && entry.range === null ? <MistakeMark text={text} span={entry.span} scrolled={scrolled} /> : null}
            <input
              value={text}
              aria-label="Range"
              aria-invalid={tried && entry.range === null}
              aria-describedby={verdictId}
              onChange={(event) => {
                setText(event.target.value)
                setTried(false)
              }}
              onFocus={(event) => event.target.select()}
              onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              className="data relative h-full w-full rounded-md bg-transparent px-2 text-data"
            />
          </div>
          <Button type="submit" look="primary" className="h-8">
            Apply
          </Button>
        </div>
        <div className="mt-1.5 min-h-8">
          <Verdict id={verdictId} entry={entry} tried={tried} now={now} zone={zone} />
        </div>
      </form>
      <PresetLinks name="Ending now" presets={ENDING_NOW} onDone={onDone} />
      <PresetLinks name={`Days in ${zoneName(now, zone)}`} presets={dayPresets(now, zone)} onDone={onDone} />
      <p className="border-t border-line pt-2 text-label text-faint">
        Type <span className="data text-muted">{EXAMPLES.join(' · ')}</span>, ISO instants or epoch seconds. A time without a zone is read
        as {zoneName(now, zone)}.
      </p>
    </div>
  )
}
