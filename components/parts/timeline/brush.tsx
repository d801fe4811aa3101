'use client'

import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { formatCount } from '@/components/parts/format/number'
import { formatRange, type Zone } from '@/components/parts/format/time'
import type { PressedKey } from '@/components/parts/keys/key'
import { useListedKeys } from '@/components/parts/keys/use-key'
import { bucketRange, type TimeSpan } from '@/components/parts/time-range/range-math'
import { late } from '@/components/ui/late'
import type { ChartSize } from '@/components/ui/size/plot-size'
import { type Bucket, type BucketMetric, formatMeasure, spanOf } from './metric'

const Readout = late(() => import('./readout').then((module) => module.Readout))

/** A drag shorter than this many pixels is a click. */
const SLIP = 4

const KEYS: readonly PressedKey[] = [
  { keys: 'ArrowLeft ArrowRight', does: 'along the buckets of a focused chart', group: 'Charts' },
  { keys: 'Shift ArrowLeft ArrowRight', does: 'mark a range in it', group: 'Charts' },
  { keys: 'Enter', does: 'zoom to the mark', group: 'Charts' },
]

interface Mark {
  anchor: number
  head: number
}

/** Covers the plot: shows the bucket under the pointer, and turns a drag, or shift and arrows, into a range. */
export function Brush({
  buckets,
  before,
  notesOf,
  width,
  metric,
  zone,
  size,
  onRange,
  onZoomOut,
}: {
  buckets: readonly Bucket[]
  /** The figures of the previous period, bucket by bucket, if shown. */
  before?: readonly number[]
  /** Describes the data missing from the bucket that begins at a time. */
  notesOf: (t: number) => readonly string[]
  width: number
  metric: BucketMetric
  zone: Zone
  size: ChartSize
  onRange: (range: TimeSpan) => void
  onZoomOut: () => void
}) {
  const [cursor, setCursor] = useState<number | null>(null)
  const [mark, setMark] = useState<Mark | null>(null)
  const [pressed, setPressed] = useState<{ x: number; index: number } | null>(null)
  const count = buckets.length
  useListedKeys(KEYS)
  const clamp = (index: number) => Math.max(0, Math.min(count - 1, index))
  const at = cursor === null ? null : clamp(cursor)
  const [first, last] = mark ? [Math.min(mark.anchor, mark.head), Math.max(mark.anchor, mark.head)] : at === null ? [0, -1] : [at, at]
  const bucket = at === null ? undefined : spanOf(buckets, first, last)

  function indexAt(event: PointerEvent<HTMLElement>): number {
    const box = event.currentTarget.getBoundingClientRect()
    return clamp(Math.floor(((event.clientX - box.left) / box.width) * count))
  }
  function take(taken: Mark) {
    setMark(null)
    const range = bucketRange(
      buckets.map(({ t }) => t),
      width,
      taken.anchor,
      taken.head,
    )
    if (range) onRange(range)
  }
  function onPointerMove(event: PointerEvent<HTMLElement>) {
    const index = indexAt(event)
    setCursor(index)
    if (pressed && (mark !== null || Math.abs(event.clientX - pressed.x) >= SLIP)) setMark({ anchor: pressed.index, head: index })
  }
  function onPointerUp() {
    setPressed(null)
    if (pressed && mark) take(mark)
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' && at !== null) take(mark ?? { anchor: at, head: at })
    else if (event.key === 'Escape') {
      setMark(null)
      setCursor(null)
    } else {
      const page = Math.max(1, Math.round(count / 10))
      const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, PageDown: -page, PageUp: page, Home: -count, End: count }
      const step = steps[event.key]
      if (step === undefined) return
      const from = at ?? (step < 0 ? count : -1)
      const next = clamp(from + step)
      setCursor(next)
      setMark(event.shiftKey ? { anchor: mark?.anchor ?? clamp(from), head: next } : null)
    }
    event.preventDefault()
  }

  const then = at === null ? undefined : before?.slice(first, last + 1).reduce((sum, value) => sum + value, 0)
  const span = width * (last - first + 1)
  const percent = (index: number) => `${(index / Math.max(1, count)) * 100}%`
  const notes = bucket ? [...new Set(buckets.slice(first, last + 1).flatMap(({ t }) => notesOf(t)))] : []
  const reading = bucket
    ? `${formatRange(bucket.t, bucket.t + span, zone)}: ${formatMeasure(bucket.allow[metric], metric)} allowed, ${formatMeasure(bucket.deny[metric], metric)} denied${then === undefined ? '' : `, ${formatMeasure(then, metric)} in the previous period`}${notes.map((note) => `; ${note}`).join('')}`
    : `${formatCount(count)} buckets`
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Timeline. Arrows move, shift and arrows mark a range, Enter zooms to it, minus zooms out"
      aria-valuemin={0}
      aria-valuemax={Math.max(0, count - 1)}
      aria-valuenow={at ?? 0}
      aria-valuetext={reading}
      className="absolute cursor-crosshair touch-pan-y select-none"
      style={{ left: size.left, right: size.right, top: size.top, height: size.height - size.top - size.bottom }}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setMark(null)
        setPressed({ x: event.clientX, index: indexAt(event) })
      }}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => {
        setPressed(null)
        setMark(null)
      }}
      onPointerLeave={() => {
        if (!pressed) setCursor(null)
      }}
      onBlur={() => {
        setCursor(null)
        setMark(null)
      }}
      onDoubleClick={onZoomOut}
      onKeyDown={onKeyDown}
    >
      {mark ? (
        <span
          className="pointer-events-none absolute inset-y-0 border-x border-accent bg-accent/15"
          style={{ left: percent(first), width: percent(last - first + 1) }}
        />
      ) : null}
      {bucket && at !== null ? (
        <>
          <span
            className="pointer-events-none absolute inset-y-0 border-x border-ink/25 bg-ink/8"
            style={{ left: percent(at), width: percent(1) }}
          />
          <Readout bucket={bucket} before={then} notes={notes} width={span} metric={metric} zone={zone} share={(at + 0.5) / count} />
        </>
      ) : null}
    </div>
  )
}
