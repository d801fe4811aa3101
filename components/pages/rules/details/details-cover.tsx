'use client'

import type { ReactNode } from 'react'
import { formatCount } from '@/components/parts/format/number'
import { Value } from '@/components/parts/value/value'
import { CopyButton } from '@/components/ui/copy-button'
import { DrawerSection } from '@/components/ui/drawer-section'
import { coverText, portText, prefixSize, type RuleSide } from './cover-text'

const HOW = {
  exact: 'exactly what was seen',
  wider: 'smallest covering ranges, at most eight per address family',
  widerPorts: 'smallest covering ranges, at most eight',
} as const

function Part({ name, how, children }: { name: string; how: string | null; children: ReactNode }) {
  return (
    <div className="col-span-2 grid grid-cols-subgrid py-1">
      <dt className="py-1 leading-5 text-muted">{name}</dt>
      <dd className="min-w-0">
        {children}
        {how === null ? null : <p className="text-label text-faint">{how}</p>}
      </dd>
    </div>
  )
}

function Prefixes({ field, end }: { field: 'src' | 'dst'; end: RuleSide['sources'] }) {
  return (
    <ul>
      {end.cover.prefixes.map(({ prefix, seen }) => (
        <li key={prefix} className="flex min-h-7 flex-wrap items-center gap-x-2">
          <Value field={field} value={prefix} className="font-semibold" />
          {end.cover.exact ? null : (
            <span className="data text-label text-faint">
              {formatCount(seen)} of {prefixSize(prefix)} seen
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

/** The smallest prefixes and port ranges that cover everything that a rule allowed. */
export function DetailsCover({ side }: { side: RuleSide }) {
  const { sources, destinations, ports } = side
  const exact = sources.cover.exact && destinations.cover.exact && ports.cover.every((cover) => cover.exact)
  const how = (one: { exact: boolean }, wider: string) => (exact ? null : one.exact ? HOW.exact : wider)
  return (
    <DrawerSection title="Narrowest covering set" actions={<CopyButton what="the set" text={coverText(side)} />}>
      {exact ? <p className="text-label text-faint">{HOW.exact}</p> : null}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4">
        <Part name="Source" how={how(sources.cover, HOW.wider)}>
          <Prefixes field="src" end={sources} />
        </Part>
        <Part name="Destination" how={how(destinations.cover, HOW.wider)}>
          <Prefixes field="dst" end={destinations} />
        </Part>
        {ports.cover.map((cover) => (
          <Part key={cover.proto} name={`${cover.proto} ports`} how={how(cover, HOW.widerPorts)}>
            <p className="data py-1 font-semibold wrap-anywhere">{portText(cover.ranges)}</p>
          </Part>
        ))}
      </dl>
    </DrawerSection>
  )
}
