import { classNames } from '@/components/ui/class-names'
import type { AddressContext } from '@/lib/flow/answer/context'
import { AMBIGUOUS } from '@/lib/flow/context'
import { countryName } from './country-name'
import { ListMark } from './list-mark'

/** Everything that is known in one text, for a hover. */
function inWords({ name, org, country, tag, list, subnet, vnet, among }: AddressContext): string {
  const place = subnet ?? vnet
  return [
    ...list.map((one) => `on list ${one}`),
    ...(name === null || name === AMBIGUOUS ? [] : [name]),
    ...(place === null ? [] : [place]),
    ...(among.length > 0 ? [`could be ${among.join(' or ')}`] : []),
    ...(org === null ? [] : [org]),
    ...(country === null ? [] : [countryName(country)]),
    ...tag.slice(0, 1),
  ].join(', ')
}

/** What is known of an address, of which something is. */
export function Known({ found, short, loud }: { found: AddressContext; short: boolean; loud: boolean }) {
  const { country, list } = found
  const known = nameOf(found)
  return (
    // Where there is little room, the name gives way, then the address.
    <span className={classNames('inline-flex shrink-[999] items-center gap-1.5 text-label', !loud && 'text-muted')} title={inWords(found)}>
      <ListMark lists={list} short={short} />
      {short || known === null ? null : <span className="truncate">{known}</span>}
      {country === null ? null : (
        <abbr title={countryName(country)} className={classNames('data shrink-0 text-[11px] no-underline', !loud && 'text-faint')}>
          {country}
        </abbr>
      )}
    </span>
  )
}

function nameOf({ name, org, tag }: AddressContext): string | null {
  return name !== null && name !== AMBIGUOUS ? name : (org ?? tag[0] ?? null)
}
