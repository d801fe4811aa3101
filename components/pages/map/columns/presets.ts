import type { ContextName } from '@/lib/flow/field/context'
import { fieldOf, type KeyField } from '@/lib/flow/field/fields'

interface Preset {
  by: readonly KeyField[]
  label: string
  /** The context that it needs to be useful. */
  needs: readonly ContextName[]
}

const PRESETS: readonly Preset[] = [
  { by: ['src.subnet', 'dport', 'dst.subnet'], label: 'subnet → service → subnet', needs: ['subnet'] },
  { by: ['src.country', 'rule', 'dst.vm'], label: 'country → rule → VM', needs: ['country', 'vm'] },
  { by: ['src.org', 'dport', 'dst.name'], label: 'organisation → port → name', needs: ['org', 'name'] },
  { by: ['src.net', 'dport', 'dst.net'], label: 'network → port → network', needs: [] },
  { by: ['src', 'dport', 'dst'], label: 'host → port → host', needs: [] },
]

/** Returns the presets that the available context supports. */
export function presetsFor(told: readonly ContextName[]): readonly Preset[] {
  return PRESETS.filter(({ needs }) => needs.every((name) => told.includes(name)))
}

/** The link's columns, else those of the first preset. */
export function columnsOf(by: readonly KeyField[], told: readonly ContextName[]): readonly KeyField[] {
  return by.length > 0 ? by : presetsFor(told)[0]!.by
}

/** True if a field is useful: without its context, all values would be equal. */
export function isTold(field: KeyField, told: readonly ContextName[]): boolean {
  const { context } = fieldOf(field)
  return context === undefined || told.includes(context.name)
}
