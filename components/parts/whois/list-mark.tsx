import { ShieldAlert } from 'lucide-react'

/** The lists that an address is on, always visible. */
export function ListMark({ lists, short = false }: { lists: readonly string[]; short?: boolean }) {
  const [first, ...more] = lists
  if (first === undefined) return null
  const title = `on ${lists.length === 1 ? 'list' : 'lists'} ${lists.join(', ')}`
  return (
    <span
      title={title}
      className="inline-flex h-[18px] max-w-40 min-w-6 items-center gap-1 rounded-sm bg-deny px-1.5 text-[11px] font-semibold whitespace-nowrap text-ground"
    >
      <ShieldAlert aria-hidden="true" size={12} className="shrink-0" />
      <span className={short ? 'sr-only' : 'truncate'}>
        <span className="sr-only">on list </span>
        {first}
        {more.length > 0 ? ` +${more.length}` : ''}
      </span>
    </span>
  )
}
