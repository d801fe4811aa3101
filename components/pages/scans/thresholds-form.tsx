'use client'

import { SlidersHorizontal } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { SCAN_NAMES } from '@/components/parts/format/scan-names'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import { Segmented } from '@/components/ui/segmented'
import {
  readThresholds,
  SCAN_KINDS,
  SCAN_PRESET_NAMES,
  SCAN_PRESETS,
  type ScanPreset,
  type ScanThresholds,
  writeThresholds,
} from '@/lib/flow/field/scan'
import { describeKinds } from './thresholds-text'

const ABOUT: Readonly<Record<ScanPreset, string>> = {
  usual: 'more than mistakes or retries explain',
  wary: 'any second target, second port or third attempt',
  sentinel: 'Microsoft Sentinel’s port scan and port sweep rules for Azure Firewall',
}

const NAMES: Readonly<Record<ScanPreset, string>> = { usual: 'Default', wary: 'Sensitive', sentinel: 'Sentinel' }

const FIELDS: readonly { name: keyof ScanThresholds; label: string }[] = [
  { name: 'targets', label: 'targets' },
  { name: 'ports', label: 'ports' },
  { name: 'attempts', label: 'attempts for each target and port' },
]

function Numbers({ thresholds, onChange }: { thresholds: ScanThresholds; onChange: (next: ScanThresholds) => void }) {
  const [typed, setTyped] = useState(() => FIELDS.map(({ name }) => String(thresholds[name])))
  const next = readThresholds(typed.map((text) => text.trim()).join('/'))
  function apply(event: FormEvent) {
    event.preventDefault()
    if (next) onChange(next)
  }
  return (
    <form onSubmit={apply} className="mt-3 border-t border-line pt-2">
      <p className="text-label text-muted">Many means at least</p>
      <div className="mt-1 grid grid-cols-[auto_1fr] items-center gap-x-2 gap-y-1.5">
        {FIELDS.map(({ name, label }, i) => (
          <label key={name} className="contents">
            <input
              type="number"
              inputMode="numeric"
              name={name}
              min={1}
              max={999_999}
              required
              value={typed[i]}
              onChange={(event) => setTyped(typed.map((text, at) => (at === i ? event.target.value : text)))}
              className="data h-8 w-24 rounded-md border border-line-strong bg-ground px-2 text-right"
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
      <Button type="submit" className="mt-2.5" disabled={next === null || writeThresholds(next) === writeThresholds(thresholds)}>
        Apply
      </Button>
    </form>
  )
}

/** Thresholds of the scan kinds: presets, custom numbers, and their effect. The link holds the choice. */
export function ThresholdsForm() {
  const { go } = useView()
  const { options, patch } = useOptions('scans')
  const { thresholds } = options
  const name = writeThresholds(thresholds)
  const change = (next: ScanThresholds) => go(patch({ thresholds: next }))
  const kinds = describeKinds(thresholds)
  const presets = SCAN_PRESET_NAMES.map((value) => ({ value: value as string, label: NAMES[value], about: ABOUT[value] }))
  const choices = presets.some(({ value }) => value === name) ? presets : [...presets, { value: name, label: name, about: 'custom' }]
  return (
    <Popover
      label="Thresholds"
      trigger={
        <Button look="ghost">
          <SlidersHorizontal aria-hidden="true" size={14} />
          Thresholds
          <span className="text-faint">{NAMES[name as ScanPreset] ?? name}</span>
        </Button>
      }
    >
      <div className="w-100 max-w-full">
        <h2 className="text-title font-semibold">What “many” means</h2>
        <div className="mt-2 overflow-x-auto">
          <Segmented
            label="Preset"
            choices={choices}
            value={name}
            onChange={(chosen) => change(SCAN_PRESETS[chosen as ScanPreset] ?? thresholds)}
          />
        </div>
        <Numbers key={name} thresholds={thresholds} onChange={change} />
        <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 border-t border-line pt-2 text-label">
          {SCAN_KINDS.map((kind) => (
            <div key={kind} className="contents">
              <dt className="whitespace-nowrap text-muted">{SCAN_NAMES[kind].name}</dt>
              <dd>{kinds[kind]}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Popover>
  )
}
