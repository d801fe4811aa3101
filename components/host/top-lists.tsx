'use client'

import { serviceName } from '@/components/format/port'
import { ScopeMark } from '@/components/ui/scope-mark'
import { Value } from '@/components/value/value'
import type { HostAnswer } from '@/lib/flow/answers'
import { HostLink } from './host-link'
import { otherEnd, terms } from './terms'
import { TopTable } from './top-table'

type Role = HostAnswer['roles'][number]

/** Destination ports of a role; the protocol is named where it is not TCP. */
export function TopPorts({ role, filter }: { role: Role; filter: string }) {
  const rows = role.ports.rows.map(({ dport, proto, peers, ...row }) => ({
    ...row,
    id: `${dport} ${proto}`,
    others: peers,
    filter: `${filter} ${terms({ dport, proto })}`,
    name: (
      <>
        <Value field="dport" value={String(dport)} />
        <span className="truncate text-faint">{[serviceName(dport), proto === 'tcp' ? null : proto].filter(Boolean).join(' ')}</span>
      </>
    ),
  }))
  return <TopTable name="port" others="peers" by={otherEnd(role.end)} rows={rows} measured={role.action === 'allow'} />
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
      </>
    ),
  }))
  return <TopTable name={field === 'src' ? 'caller' : 'target'} others="ports" by="dport" rows={rows} measured={role.action === 'allow'} />
}
