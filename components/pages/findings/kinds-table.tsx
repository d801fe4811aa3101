'use client'

import { type FormEvent, useState } from 'react'
import { formatCount } from '@/components/parts/format/number'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { factsOf, type Thresholds } from '@/lib/flow/finding/facts'
import { FINDING_KINDS, type FindingKind } from '@/lib/flow/finding/kinds'
import { writeThresholds } from '@/lib/flow/finding/thresholds'

/** State of a kind: the number of its findings, `looking` before it is known, `failed`, or `no query` while none may run. */
export type Looked = Readonly<Record<FindingKind, number | 'looking' | 'failed' | 'no query'>>

function Parameters({ kind, thresholds }: { kind: FindingKind; thresholds: Thresholds }) {
  const { go } = useView()
  const { patch } = useOptions('findings')
  const values: Readonly<Record<string, number>> = thresholds[kind]
  const [typed, setTyped] = useState(() => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])))
  const isChanged = Object.entries(values).some(([name, value]) => typed[name] !== String(value))
  function apply(event: FormEvent) {
    event.preventDefault()
    const own = Object.fromEntries(Object.entries(typed).map(([name, text]) => [name, Number(text)]))
    go(patch({ thresholds: writeThresholds({ ...thresholds, [kind]: own }) }))
  }
  return (
    <form onSubmit={apply} className="flex flex-col gap-1">
      {Object.entries(factsOf(kind).parameters).map(([name, { about, least, most, unit }]) => (
        <label key={name} className="flex items-center gap-2">
          <input
            type="number"
            required
            min={least}
            max={most}
            value={typed[name] ?? ''}
            onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
            className="data h-7 w-32 rounded-md border border-line-strong bg-ground px-2 text-right"
          />
          <span className="text-label text-muted">
            {about}
            {unit === undefined ? '' : `, ${unit}`}
          </span>
        </label>
      ))}
      {isChanged ? (
        <Button type="submit" look="primary" className="self-start">
          Apply
        </Button>
      ) : null}
    </form>
  )
}

/** The kinds of findings, each with its rule, its parameters, and the cases that it does not see. */
export function KindsTable({ looked, thresholds }: { looked: Looked; thresholds: Thresholds }) {
  return (
    <Panel title="What was looked for">
      <ul className="divide-y divide-line/60">
        {FINDING_KINDS.map((kind) => {
          const { label, rule, blind, source } = factsOf(kind)
          const found = looked[kind]
          return (
            <li key={kind}>
              <details className="px-3 py-1.5">
                <summary className="flex min-h-7 cursor-pointer flex-wrap items-baseline gap-x-2.5">
                  <span className="w-44 font-medium">{label}</span>
                  <span className="data w-20">{typeof found === 'number' ? `${formatCount(found)} found` : found}</span>
                  <span className="min-w-0 flex-1 basis-80 text-muted">{rule}</span>
                </summary>
                <div className="grid gap-x-6 gap-y-2 pt-2 pb-1 md:grid-cols-2">
                  <Parameters key={JSON.stringify(thresholds[kind])} kind={kind} thresholds={thresholds} />
                  <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 text-label">
                    <dt className="text-muted">blind to</dt>
                    <dd>{blind}</dd>
                    <dt className="text-muted">source</dt>
                    <dd>{source}</dd>
                  </dl>
                </div>
              </details>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
