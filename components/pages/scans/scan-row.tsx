'use client'

import { compactCount, formatCount, formatPlural } from '@/components/parts/format/number'
import { SCAN_NAMES } from '@/components/parts/format/scan-names'
import { formatInstant, formatSecond } from '@/components/parts/format/time'
import { Value } from '@/components/parts/value/value'
import { useView } from '@/components/parts/view/use-view'
import { Whois } from '@/components/parts/whois/whois'
import { Badge } from '@/components/ui/marks/badge'
import { SplitBar } from '@/components/ui/marks/split-bar'
import type { ScansAnswer } from '@/lib/flow/answer/traffic/scans'
import { type ScanGroup, type ScanThresholds, writeScanner } from '@/lib/flow/field/scan'
import { serviceName } from '@/lib/flow/tuple/services'
import { AllowedMark } from './allowed-mark'
import { COLUMN } from './columns'

type Scan = ScansAnswer['rows'][number]

function TopPorts({ scan }: { scan: Scan }) {
  const shown = scan.topPorts.slice(0, 3)
  return (
    <span className="flex items-center gap-2">
      {shown.map(({ dport, proto, attempts }) => (
        <Value
          key={`${dport} ${proto}`}
          field="dport"
          value={String(dport)}
          title={`port ${dport} ${proto}: ${formatPlural(attempts, 'attempt')}`}
        >
          {serviceName(dport) ?? dport}
        </Value>
      ))}
      {scan.ports > shown.length ? <span className="text-label text-faint">+{formatCount(scan.ports - shown.length)}</span> : null}
    </span>
  )
}

/** One denied source, and the traffic that was allowed from it. */
export function ScanRow({
  scan,
  group,
  thresholds,
  full,
}: {
  scan: Scan
  group: ScanGroup
  thresholds: ScanThresholds
  /** The number of attempts that fills the bar. */
  full: number
}) {
  const { zone } = useView()
  const { source, kind, attempts, targets, ports, perMinute, first, last } = scan
  const { name, about } = SCAN_NAMES[kind]
  return (
    <tr className="h-10.5 border-b border-line/60 last:border-0 hover:bg-hover">
      <th scope="row" className={COLUMN.source}>
        <span className="flex min-w-0 flex-wrap items-center gap-x-2">
          <Value field="src" value={source} whois="none" />
          <Value
            field="scanner"
            value={writeScanner({ word: kind, group, thresholds })}
            title={`${name}: ${about}`}
            className="rounded-sm no-underline"
          >
            <Badge>
              <span className="font-sans">{name}</span>
            </Badge>
          </Value>
        </span>
        <span className="block font-normal">
          <Whois address={source} />
        </span>
        {scan.allowed === null ? null : (
          <span className="hidden py-1 @max-lg:block">
            <AllowedMark scan={scan} />
          </span>
        )}
        <span className="hidden pb-1 text-label font-normal text-muted @max-lg:block">
          {formatPlural(targets, 'target')}, {formatPlural(ports, 'port')}
          <span className="data block">
            {formatSecond(first, zone)} – {formatSecond(last, zone)}
          </span>
        </span>
      </th>
      <td className={COLUMN.allowed}>
        <AllowedMark scan={scan} />
      </td>
      <td className={COLUMN.bar}>
        <SplitBar allow={0} deny={attempts} full={full} label={formatPlural(attempts, 'attempt')} />
      </td>
      <td className={COLUMN.attempts} title={formatPlural(attempts, 'denied tuple')}>
        {compactCount(attempts)}
      </td>
      <td className={COLUMN.targets}>{formatCount(targets)}</td>
      <td className={COLUMN.ports}>{formatCount(ports)}</td>
      <td className={COLUMN.top}>
        <TopPorts scan={scan} />
      </td>
      <td className={COLUMN.rate} title="attempts per minute, from the first to the last">
        {perMinute < 100 ? perMinute.toFixed(perMinute < 10 ? 2 : 1) : formatCount(perMinute)}
      </td>
      <td className={COLUMN.first} title={formatInstant(first, zone)}>
        {formatSecond(first, zone)}
      </td>
      <td className={COLUMN.last} title={`${formatInstant(first, zone)}\n${formatInstant(last, zone)}`}>
        <span className="hidden @max-5xl:block">{formatSecond(first, zone)}</span>
        {formatSecond(last, zone)}
      </td>
    </tr>
  )
}
