'use client'

import { AnswerPanel } from '@/components/parts/answer/panel/answer-panel'
import type { Answered } from '@/components/parts/answer/use-answer'
import { useAsk } from '@/components/parts/answer/use-ask'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { SCAN_NAMES } from '@/components/parts/format/scan-names'
import { formatInstant, formatSecond } from '@/components/parts/format/time'
import { ExportTable } from '@/components/parts/table/export-table'
import type { Sheet } from '@/components/parts/table/sheet'
import { type HostEnd, otherEnd, terms } from '@/components/parts/value/address-terms'
import { CountLink, FigureLink } from '@/components/parts/view/figure-link'
import { useView } from '@/components/parts/view/use-view'
import { ActionMark } from '@/components/ui/marks/action-mark'
import { Badge } from '@/components/ui/marks/badge'
import { RowsSkeleton } from '@/components/ui/marks/rows-skeleton'
import { Empty } from '@/components/ui/states/empty'
import type { HostAnswer } from '@/lib/flow/answer/traffic/host'
import { formatBytes } from '@/lib/flow/text/bytes'
import type { Action } from '@/lib/flow/tuple/tuple'
import { TopPeers, TopPorts } from './top-lists'

type Role = HostAnswer['roles'][number]

/** The most rows of each of a role's two lists. */
const ROWS = 8
/** Maximum number of rows of a list in an export. */
const LONGEST = '100'

const WORDS: Readonly<Record<HostEnd, Readonly<Record<Action, { title: string; about: string; none: string }>>>> = {
  dst: {
    allow: { title: 'Inbound allowed', about: 'traffic to it', none: 'No traffic to it was allowed.' },
    deny: { title: 'Inbound denied', about: 'traffic to it', none: 'No traffic to it was denied.' },
  },
  src: {
    allow: { title: 'Outbound allowed', about: 'traffic from it', none: 'No traffic from it was allowed.' },
    deny: { title: 'Outbound denied', about: 'traffic from it', none: 'No traffic from it was denied.' },
  },
}

function Summary({ role, filter }: { role: Role; filter: string }) {
  const { zone } = useView()
  return (
    <p className="flex flex-wrap gap-x-3 border-b border-line px-3 py-1.5 text-label text-muted">
      <span>
        <FigureLink filter={filter} title={formatPlural(role.tuples, 'tuple')} className="text-ink">
          {formatCount(role.tuples)}
        </FigureLink>{' '}
        {role.tuples === 1 ? 'tuple' : 'tuples'}, {formatPlural(role.flows, 'new flow')}
      </span>
      {role.action === 'allow' ? (
        <FigureLink filter={`${filter} bytes>0`} title="Tuples with bytes" className="font-sans">
          {formatBytes(role.bytesSent)} sent, {formatBytes(role.bytesReceived)} received by it
        </FigureLink>
      ) : null}
      <span title={`${formatInstant(role.first, zone)}\n${formatInstant(role.last, zone)}`}>
        {formatSecond(role.first, zone)} – {formatSecond(role.last, zone)}
      </span>
    </p>
  )
}

function More({ role, filter }: { role: Role; filter: string }) {
  const { ports, peers } = role
  const metric = role.action === 'allow' ? 'bytes' : 'tuples'
  const all = { filter, metric: metric === 'tuples' ? null : metric, className: 'font-sans text-accent' }
  return (
    <p className="flex min-h-9 flex-wrap items-center gap-x-4 border-t border-line px-3 py-1 text-label text-muted">
      <span>
        top by {metric}: {formatCount(ports.rows.length)} of {formatPlural(ports.total, 'port')}, {formatCount(peers.rows.length)} of{' '}
        {formatPlural(peers.total, 'peer')}
      </span>
      {ports.total > ports.rows.length ? (
        <CountLink {...all} by="dport,proto" title="Every port">
          All ports
        </CountLink>
      ) : null}
      {peers.total > peers.rows.length ? (
        <CountLink {...all} by={otherEnd(role.end)} title="Every peer">
          All peers
        </CountLink>
      ) : null}
    </p>
  )
}

/** One of four roles: allowed or denied, to or from the address, with its ports and peers. */
export function RolePanel({
  address,
  end,
  action,
  answered,
}: {
  address: string
  end: HostEnd
  action: Action
  answered: Answered<HostAnswer>
}) {
  const { title, about, none } = WORDS[end][action]
  const filter = terms({ [end]: address, action })
  const ask = useAsk()
  const role = answered.data?.roles.find((one) => one.end === end && one.action === action)
  /** Returns one of its lists, as long as the server provides it. */
  const list = (name: 'ports' | 'peers'): Sheet => ({
    name: `${title.toLowerCase()} ${name}`,
    total: role?.[name].total ?? 0,
    load: async () => {
      const { roles } = await ask('host', { ip: address, limit: LONGEST })
      return roles.find((one) => one.end === end && one.action === action)?.[name].rows ?? []
    },
  })
  const scan = end === 'src' && action === 'deny' ? answered.data?.scan : null
  return (
    <AnswerPanel
      title={title}
      answered={answered}
      actions={
        <span className="flex items-center gap-2 text-label text-muted">
          {scan ? (
            <Badge tone="deny" title={`${SCAN_NAMES[scan.kind].about}: ${formatPlural(scan.attempts, 'inbound attempt')}`}>
              {SCAN_NAMES[scan.kind].name}, {formatPlural(scan.targets, 'target')}, {formatPlural(scan.ports, 'port')}
            </Badge>
          ) : null}
          <ActionMark action={action} />
          {about}
          <ExportTable sheets={[list('ports'), list('peers')]} />
        </span>
      }
      skeleton={<RowsSkeleton rows={ROWS} height={28} head />}
    >
      {() => {
        if (!role) return <Empty title={none} />
        return (
          <div className="@container flex h-full flex-col">
            <Summary role={role} filter={filter} />
            <div className="grid flex-1 divide-line *:min-w-0 @max-2xl:divide-y @2xl:grid-cols-[5fr_6fr] @2xl:divide-x">
              <div>
                <TopPorts role={role} filter={filter} />
              </div>
              <div>
                <TopPeers role={role} filter={filter} />
              </div>
            </div>
            <More role={role} filter={filter} />
          </div>
        )
      }}
    </AnswerPanel>
  )
}
