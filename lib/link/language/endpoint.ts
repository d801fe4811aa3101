import { parseAddress } from '@/lib/flow/address/address'
import type { FilterField } from '@/lib/flow/field/fields'
import type { Filter, Test } from '@/lib/flow/view/filter'
import type { Term } from './lex'

/** Matches `10.20.0.4:3389` or `[2001:db8::4]:3389`. */
const ENDPOINT = /^(?:(\d+\.\d+\.\d+\.\d+)|\[([0-9a-f:.]+)\]):(\d{1,5})$/i
const PORTS: Readonly<Partial<Record<FilterField, FilterField>>> = { src: 'sport', dst: 'dport' }

/** Splits an address with its port, bare or of one end, into two terms of the same end; null for any other term. */
export function endpoint({ match, items, at, end }: Term): Filter | null {
  if (match !== null && !['src', 'dst', 'ip'].includes(match.field)) return null
  const { segments } = items[0]!
  const [segment] = segments
  if (items.length > 1 || segments.length > 1 || segment!.quoted) return null
  const found = ENDPOINT.exec(segment!.text)
  const address = found ? parseAddress(found[1] ?? found[2] ?? '') : null
  const port = Number(found?.[3])
  if (address === null || port > 65_535) return null
  const addresses: Test[] = [{ kind: 'addresses', first: address, last: address }]
  const ports: Test[] = [{ kind: 'numbers', first: port, last: port }]
  const one = (field: FilterField): Filter => ({
    op: 'and',
    of: [
      { op: 'match', field, tests: addresses, at, end },
      { op: 'match', field: PORTS[field]!, tests: ports, at, end },
    ],
    at,
    end,
  })
  const field = match?.field
  return field === 'src' || field === 'dst' ? one(field) : { op: 'or', of: [one('src'), one('dst')], at, end }
}
