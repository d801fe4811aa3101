import { classNames } from '@/components/ui/class-names'
import type { AddressContext } from '@/lib/flow/answer/traffic/context'
import { AMBIGUOUS } from '@/lib/flow/field/context'
import { countryName } from './country-name'
import { ListMark } from './list-mark'

/** Returns the whole context in one text, for the tooltip. */
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

/** What is left to the tooltip: nothing, names of lists, or those and names and tags of the address. */
export type Short = boolean | 'lists'

export interface KnownProps {
  found: AddressContext
  /** See `Whois`. */
  short: Short
  loud: boolean
}

/** The known context of an address. */
export function Known({ found, short, loud }: KnownProps) {
  const { country, list } = found
  const known = nameOf(found)
  // Beside a list, a narrow place has no room for both.
  const isNamed = known !== null && short !== true && (short === false || list.length === 0)
  if (country === null && list.length === 0 && !isNamed) return null
  return (
    // In narrow places, the name is shortened first, then the address: a factor that leaves it less than the smallest part of a pixel to lose.
    <span
      className={classNames(
        'inline-flex max-w-full shrink-[99999] items-center gap-1.5 overflow-clip text-label print:min-w-min',
        list.length > 0 ? 'min-w-7' : 'min-w-0',
        !loud && 'text-muted',
      )}
      title={inWords(found)}
    >
      <ListMark lists={list} short={short !== false} />
      {/* The name, where it has no room for a few letters, then the country, where it has none, wrap to a second line, which is not seen. */}
      <span
        className={classNames(
          'inline-flex h-4 min-w-0 shrink-[99999] flex-row-reverse flex-wrap overflow-clip print:h-auto print:flex-nowrap',
          // Short, it stands before the address.
          short === false ? 'justify-end' : 'justify-start',
        )}
      >
        {isNamed ? (
          <span className="max-w-max min-w-0 grow basis-[4ch] truncate print:basis-auto print:wrap-break-word!">{known}</span>
        ) : null}
        {country === null ? null : (
          <abbr
            title={countryName(country)}
            className={classNames('data -order-1 shrink-0 text-[11px] no-underline', isNamed && 'ml-1.5', !loud && 'text-faint')}
          >
            {country}
          </abbr>
        )}
        <span className="-order-2 h-4" />
      </span>
    </span>
  )
}

function nameOf({ name, org, tag }: AddressContext): string | null {
  return name !== null && name !== AMBIGUOUS ? name : (org ?? tag[0] ?? null)
}
