import type { CoverageAnswer } from '@/lib/flow/answers'

export type Cell = CoverageAnswer['cells'][number]

/** How each state is drawn, and what it means. The sign tells it without colour. */
export const STATES: Readonly<Record<Cell['state'], { sign: string; about: string; look: string }>> = {
  read: { sign: '', about: 'read to its end', look: 'bg-line-strong text-ink' },
  open: { sign: '…', about: 'read so far, still being written', look: 'bg-hover text-muted ring-1 ring-line-strong ring-inset' },
  unread: { sign: '?', about: 'not read yet', look: 'bg-caution-soft text-caution ring-1 ring-caution-line ring-inset' },
  absent: { sign: '·', about: 'no blob', look: 'bg-transparent text-faint ring-1 ring-line ring-inset' },
  failed: { sign: '×', about: 'could not be read', look: 'bg-caution text-ground' },
}
