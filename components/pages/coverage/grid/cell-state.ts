import type { Cell } from '@/lib/flow/answer/read/coverage'
import { standingOf } from '@/lib/flow/reading/hole'

/** The look of a cell: its state, or `torn` if some records of its blob were rejected. */
export type CellLook = Cell['state'] | 'torn'

export function lookOf({ state, rejected }: Cell): CellLook {
  return rejected > 0 && (state === 'read' || state === 'open') ? 'torn' : state
}

export function isHole({ state, rejected }: Cell): boolean {
  return standingOf(state, rejected) === 'hole'
}

/** Signs and patterns distinguish the looks without colour. `about` describes a look in a few words, `why` in a sentence. */
export const LOOKS: Readonly<Record<CellLook, { sign: string; about: string; why: string; look: string }>> = {
  read: {
    sign: '',
    about: 'read',
    why: 'The blob was read to its end: all that was logged is counted.',
    look: 'bg-line-strong text-ink',
  },
  open: {
    sign: '…',
    about: 'still open',
    why: 'Read so far. The blob may still grow.',
    look: 'bg-hover text-ink ring-1 ring-line-strong ring-inset',
  },
  absent: {
    sign: '·',
    about: 'absent',
    why: 'No blob: nothing was logged, or it was deleted or never written. The cause is unknown, so it does not count as a loss.',
    look: 'text-faint ring-1 ring-line ring-inset',
  },
  unread: {
    sign: '?',
    about: 'unread',
    why: 'The blob exists but has not been read: its records are not counted.',
    look: 'bg-caution-soft text-caution ring-1 ring-caution-line ring-inset',
  },
  torn: {
    sign: '!',
    about: 'read in part',
    why: 'The blob was read, but some of its records or tuples were rejected and are not counted.',
    look: 'bg-[linear-gradient(135deg,var(--color-line-strong)_50%,var(--color-caution-soft)_50%)] text-ink ring-1 ring-caution-line ring-inset',
  },
  failed: {
    sign: '×',
    about: 'failed',
    why: 'The blob could not be read: its records are not counted.',
    look: 'bg-caution text-ground',
  },
  denied: {
    sign: '–',
    about: 'no permission',
    why: 'The blob exists, but you have no permission to read it: its records are not counted.',
    look: 'bg-caution-soft text-caution ring-1 ring-caution-line ring-inset',
  },
}
