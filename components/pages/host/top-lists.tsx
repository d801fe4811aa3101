'use client'

import { Marked, RowMark } from '@/components/parts/baseline/marks'
import { HostLink } from '@/components/parts/host-link/host-link'
import { otherEnd, terms } from '@/components/parts/value/address-terms'
import { Value } from '@/components/parts/value/value'
import { ScopeMark } from '@/components/ui/marks/scope-mark'
import type { HostAnswer } from '@/lib/flow/answer/traffic/host'
import { serviceName } from '@/lib/flow/tuple/services'
import { TopTable } from './top-table'

type Role = HostAnswer['roles'][number]

/** Destination ports of a role; the protocol is named unless it is TCP. */
export function TopPorts({ role, filter }: { role: Role; filter: string }) {
  const rows = role.ports.rows.map(({ dport, proto, peers, ...row }) => ({
    ...row,
    id: `${dport} ${proto}`,
    others: peers,
    filter: `${filter} ${terms({ dport, proto })}`,
    name: (
      <>
        <Value field="dport" value={String(dport)} />
        <RowMark of={[String(dport)]} />
        <span className="truncate text-faint">{[serviceName(dport), proto === 'tcp' ? null : proto].filter(Boolean).join(' ')}</span>
      </>
    ),
  }))
  return (
    <Marked by={['dport']} keys={role.ports.rows.map(({ dport }) => [String(dport)])} term={filter}>
      <TopTable name="port" others="peers" by={otherEnd(role.end)} rows={rows} measured={role.action === 'allow'} />
    </Marked>
  )
}

/** Addresses at the other end of a role. */
export function TopPeers({ role, filter }: { role: Role; filter: string }) {
  const field = otherEnd(role.end)
  const rows = role.peers.rows.map(({ ip, ports, ...row }) => ({
    ...row,
    id: ip,
    others: ports,
    filter: `${filter} ${terms({ [field]: ip })}`,
    name: (
      <>
        <ScopeMark address={ip} />
        <Value field={field} value={ip} />
        <HostLink address={ip} className="-ml-1" />
        <RowMark of={[ip]} />
      </>
    ),
  }))
  return (
    <Marked by={[field]} keys={role.peers.rows.map(({ ip }) => [ip])} term={filter}>
      <TopTable name={field === 'src' ? 'caller' : 'target'} others="ports" by="dport" rows={rows} measured={role.action === 'allow'} />
    </Marked>
  )
}
