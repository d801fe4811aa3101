import type { Direction } from '@/lib/flow/tuple/tuple'

/** The direction as seen by the NIC, with an arrow. */
export function DirectionSign({ dir }: { dir: Direction }) {
  return (
    <>
      <span aria-hidden="true" className="text-muted">
        {dir === 'in' ? '↙' : '↗'}
      </span>{' '}
      {dir}
    </>
  )
}
