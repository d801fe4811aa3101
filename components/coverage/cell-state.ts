import type { Cell } from '@/lib/flow/coverage-answer'
import { standingOf } from '@/lib/flow/hole'

/** How a cell is shown: by its state, and `torn` where a blob was read but for some of its records. */
export type Look = Cell['state'] | 'torn'

export function lookOf({ state, rejected }: Cell): Look {
  return rejected > 0 && (state === 'read' || state === 'open') ? 'torn' : state
}

export function isHole({ state, rejected }: Cell): boolean {
  return standingOf(state, rejected) === 'hole'
}

/** Signs and patterns tell the looks apart without colour. `about` is what it means in a few words, `why` in a sentence. */
export const LOOKS: Readonly<Record<Look, { sign: string; about: string; why: string; look: string }>> = {
  read: {
    sign: '',
    about: 'read',
    why: 'The blob was read to its end: all that was logged is counted.',
    look: 'bg-line-strong text-ink',
  },
  open: {
    sign: '…',
    about: 'still open',
    why: 'Read so far. The hour may still be written to, so figures may grow.',
    look: 'bg-hover text-ink ring-1 ring-line-strong ring-inset',
  },
  absent: {
    sign: '·',
    about: 'absent',
    why: 'No blob: nothing was logged, or it was deleted or never written. These cannot be told apart, so it is not called a loss.',
    look: 'text-faint ring-1 ring-line ring-inset',
  },
  unread: {
    sign: '?',
    about: 'unread',
    why: 'The blob is there and has not been read: what it holds is not counted.',
    look: 'bg-caution-soft text-caution ring-1 ring-caution-line ring-inset',
  },
  torn: {
    sign: '!',
    about: 'read in part',
    why: 'The blob was read, but some of its records or tuples could not be understood and are not counted.',
    look: 'bg-[linear-gradient(135deg,var(--color-line-strong)_50%,var(--color-caution-soft)_50%)] text-ink ring-1 ring-caution-line ring-inset',
  },
  failed: {
    sign: '×',
    about: 'failed',
    why: 'The blob could not be read: what it holds is not counted.',
    look: 'bg-caution text-ground',
  },
  denied: {
    sign: '–',
    about: 'not for you',
    why: 'The blob is there and your rights do not let you read it: what it holds is not counted.',
    look: 'bg-caution-soft text-caution ring-1 ring-caution-line ring-inset',
  },
}
