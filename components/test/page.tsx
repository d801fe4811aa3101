import { type RenderResult, render } from '@testing-library/react'
import userEvent, { type UserEvent } from '@testing-library/user-event'
import type { ReactNode } from 'react'
// Every page loads it late; a short test would end before.
import '@/components/parts/value/menu-window'
import { Providers } from '@/components/shell/providers'
import { VIEW } from './answers'
import { type Load, type Routes, serve } from './server'

const DONE: Load = { view: VIEW, ends: 'done' }

export interface Opened extends RenderResult {
  user: UserEvent
}

/** Renders a part of the page at this address, with all its context, and with these answers in place of the API. */
export function open(
  part: ReactNode,
  { at = '/', routes = {}, load = DONE }: { at?: string; routes?: Routes; load?: Load | readonly Load[] } = {},
): Opened {
  window.history.replaceState(null, '', at)
  serve(routes, [load].flat())
  const user = userEvent.setup()
  return { user, ...render(<Providers>{part}</Providers>) }
}

/** A key of the link, or null. */
export function linkKey(key: string): string | null {
  return new URLSearchParams(window.location.search).get(key)
}
