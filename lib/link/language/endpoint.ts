import { formatAddress, parseAddress } from '@/lib/flow/address/address'
import type { FilterField } from '@/lib/flow/fields'
import type { Filter } from '@/lib/flow/filter'
import type { Term } from './lex'

/** `10.20.0.4:3389` or `[2001:db8::4]:3389`. */
const ENDPOINT = /^(?:(\d+\.\d+\.\d+\.\d+)|\[([0-9a-f:.]+)\]):(\d{1,5})$/i
const PORTS: Readonly<Partial<Record<FilterField, FilterField>>> = { src: 'sport', dst: 'dport' }

/** An address with its port, bare or of one end, as terms of the same end; null for any other term. */
export function endpoint({ match, items, at, end }: Term): Filter | null {
  const [only, ...more] = items
  const [segment, ...others] = only!.segments
  if (more.length > 0 || others.length > 0 || segment!.quoted) return null
  if (match !== null && !['src', 'dst', 'ip'].includes(match.field)) return null
  const found = ENDPOINT.exec(segment!.text)
  const address = found ? parseAddress(found[1] ?? found[2] ?? '') : null
  const port = Number(found?.[3])
  if (address === null || port > 65_535 || formatAddress(address) === '') return null
  const span = { at, end }
  const one = (field: FilterField): Filter => ({
    op: 'and',
    of: [
      { op: 'match', field, tests: [{ kind: 'addresses', first: address, last: address }], ...span },
      { op: 'match', field: PORTS[field]!, tests: [{ kind: 'numbers', first: port, last: port }], ...span },
    ],
    ...span,
  })
  const field = match?.field
  return field === 'src' || field === 'dst' ? one(field) : { op: 'or', of: [one('src'), one('dst')], ...span }
}
