import type { Direction } from '@/lib/flow/tuple/tuple'

/** An arrow and a word, as seen by the NIC. */
export function DirectionMark({ dir }: { dir: Direction }) {
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap" title={dir === 'in' ? 'inbound' : 'outbound'}>
      <span aria-hidden="true">{dir === 'in' ? '↓' : '↑'}</span>
      {dir}
    </span>
  )
}
