'use client'

import type { ReactNode } from 'react'
import { formatPlural } from '@/components/parts/format/number'
import { formatInstant } from '@/components/parts/format/time'
import { Value } from '@/components/parts/value/value'
import { useView } from '@/components/parts/view/use-view'
import { countryName } from '@/components/parts/whois/country-name'
import { ListMark } from '@/components/parts/whois/list-mark'
import { useWhois } from '@/components/parts/whois/use-whois'
import { Panel } from '@/components/ui/panel'
import type { AddressContext } from '@/lib/flow/answer/traffic/context'
import { CONTEXT_NAMES, type ContextName } from '@/lib/flow/field/context'
import { fieldOf } from '@/lib/flow/field/fields'

function textsOf(found: AddressContext, name: ContextName): string[] {
  if (name === 'net') return []
  const cell = found[name]
  return [cell ?? []].flat().map(String)
}

function Known({ found, name }: { found: AddressContext; name: ContextName }): ReactNode {
  return textsOf(found, name).map((text) => (
    <span key={text} className="flex items-center gap-1.5">
      {name === 'list' ? <ListMark lists={[text]} /> : null}
      <Value field={name} value={text}>
        {name === 'country' ? `${countryName(text)} (${text})` : name === 'asn' ? `AS${text}` : text}
      </Value>
    </span>
  ))
}

/** All facts about an address from context files, with their files; nothing if there are none. */
export function WhoisPanel({ address }: { address: string }) {
  const { zone } = useView()
  const found = useWhois(address)
  if (found === null) return null
  const names = CONTEXT_NAMES.filter((name) => textsOf(found, name).length > 0)
  if (names.length === 0 && found.facts.length === 0) return null
  return (
    <Panel title="Who it is">
      <div className="grid gap-x-6 gap-y-3 px-3 py-2.5 lg:grid-cols-2">
        <dl className="grid grid-cols-[auto_1fr] content-start gap-x-4 gap-y-1">
          {names.map((name) => (
            <div key={name} className="contents">
              <dt className="text-muted">{fieldOf(name).label.replace(/^Either /, '')}</dt>
              <dd className="flex min-w-0 flex-wrap gap-x-3">
                <Known found={found} name={name} />
              </dd>
            </div>
          ))}
          {found.among.length > 0 ? (
            <div className="contents">
              <dt className="text-muted">could be</dt>
              <dd>{found.among.join(', ')}</dd>
            </div>
          ) : null}
        </dl>
        {found.facts.length === 0 ? null : (
          <ul aria-label="Which file says it" className="min-w-0 text-label text-muted">
            {found.facts.map(({ kind, text, file, addresses, until }) => (
              <li key={`${file} ${kind} ${text} ${addresses}`} className="truncate">
                <span className="text-ink">{file}</span>: {text}{' '}
                <span className="text-faint">({formatPlural(addresses, 'address', 'addresses')})</span>
                {until === null ? null : `, until ${formatInstant(until, zone)}`}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  )
}
