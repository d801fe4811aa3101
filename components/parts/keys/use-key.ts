'use client'

import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import type { PressedKey } from './key'
import { type ActiveKey, KeyRegistry } from './key-registry'

const registry = new KeyRegistry()
const NONE: readonly ActiveKey[] = []

const MODIFIERS = ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock']

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=radio]):not([type=checkbox]), textarea, select'))
  )
}

/** On some keyboards `[` and the like need AltGr, which also reads as Ctrl and Alt. */
function isChord(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState('AltGraph')
}

function onKey(event: KeyboardEvent): void {
  if (MODIFIERS.includes(event.key) || event.defaultPrevented || event.isComposing || isChord(event) || isTyping(event.target)) return
  if (document.querySelector('[data-modal], [role=menu]')) return
  const act = registry.press(event.key, event.timeStamp)
  if (act === null) return
  event.preventDefault()
  act()
}

function putInForce(entries: readonly ActiveKey[]): () => void {
  if (registry.list().length === 0) window.addEventListener('keydown', onKey)
  const takeBack = registry.add(entries)
  return () => {
    takeBack()
    if (registry.list().length === 0) window.removeEventListener('keydown', onKey)
  }
}

/**
 * Calls `act` when the keys are pressed anywhere but in text fields, menus and modal windows (`data-modal`), without Ctrl, Alt or Meta, and lists them behind
 * `?` while the component is mounted.
 */
export function useKey({ keys, does, group }: PressedKey, act: () => void): void {
  const run = useEffectEvent(act)
  useEffect(() => putInForce([{ keys, does, group, act: () => run() }]), [keys, does, group])
}

/** Lists keys that a component handles itself while it has the focus. `keys` must be the same array every time. */
export function useListedKeys(keys: readonly PressedKey[]): void {
  useEffect(() => putInForce(keys.map((key) => ({ ...key, act: null }))), [keys])
}

/** All active keys of the page. */
export function useKeys(): readonly PressedKey[] {
  return useSyncExternalStore(registry.watch, registry.list, () => NONE)
}
