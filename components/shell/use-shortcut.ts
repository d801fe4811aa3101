'use client'

import { useEffect, useEffectEvent } from 'react'

/** A second key counts when it comes this soon after `g`. Milliseconds. */
const SOON = 1200

const pressed = new WeakMap<KeyboardEvent, string>()
let prefixed = Number.NEGATIVE_INFINITY

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=radio]):not([type=checkbox]), textarea, select'))
  )
}

/** The key of an event, after `g ` when `g` was pressed just before. Every listener reads the same. */
function sequence(event: KeyboardEvent): string {
  const known = pressed.get(event)
  if (known !== undefined) return known
  const text = event.timeStamp - prefixed < SOON ? `g ${event.key}` : event.key
  if (event.key !== 'Shift') prefixed = text === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY
  pressed.set(event, text)
  return text
}

/** Calls `act` when `keys` (`/`, or `g o` for one after the other) is pressed outside text fields and dialogs, without Ctrl, Alt or Meta. */
export function useShortcut(keys: string, act: () => void): void {
  const run = useEffectEvent(act)
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (sequence(event) !== keys || event.defaultPrevented || document.querySelector('[role=dialog][data-modal]')) return
      event.preventDefault()
      run()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [keys])
}
