import type { ExportRow } from '@/lib/flow/answer/export-row'
import { communityId } from './community-id'
import { type Fields, ipVersion, macWith, present, productOf, protocolKeyword, protocolNumber, subscriptionOf, sum } from './row-facts'

/** Version of the schema. */
const VERSION = '9.3.0'

function eventTypes({ action, state }: ExportRow): string[] {
  if (action === 'deny') return ['connection', 'denied']
  if (state === 'begin') return ['connection', 'start', 'allowed']
  return state === 'end' ? ['connection', 'end', 'allowed'] : ['connection', 'allowed']
}

/**
 * A row in Elastic Common Schema (https://www.elastic.co/docs/reference/ecs/ecs-field-reference, `log.offset` from
 * https://www.elastic.co/docs/reference/beats/filebeat/exported-fields-log). `source` opened the flow, so its bytes are the bytes sent; `ingress` and
 * `egress` are as seen by the NIC. A denial is a success of the device that denied it
 * (https://www.elastic.co/docs/reference/ecs/ecs-using-categorization-fields). Unmeasured values are omitted. `labels` hold values without a field.
 */
export function toEcs(row: ExportRow): Fields {
  const number = protocolNumber(row)
  const mac = macWith(row, '-')
  return {
    '@timestamp': row.time,
    ecs: { version: VERSION },
    event: {
      kind: 'event',
      category: ['network'],
      type: eventTypes(row),
      action: row.action,
      outcome: 'success',
      id: row.id,
      module: 'azure',
      dataset: 'azure.flowlogs',
      created: row.recordTime,
    },
    source: present({ address: row.src, ip: row.src, port: row.sport, bytes: row.bytesSent, packets: row.packetsSent }),
    destination: present({ address: row.dst, ip: row.dst, port: row.dport, bytes: row.bytesReceived, packets: row.packetsReceived }),
    network: present({
      type: `ipv${ipVersion(row)}`,
      transport: protocolKeyword(number),
      iana_number: number === null ? null : String(number),
      direction: row.dir === 'in' ? 'ingress' : 'egress',
      bytes: sum(row.bytesSent, row.bytesReceived),
      packets: sum(row.packetsSent, row.packetsReceived),
      community_id: number === null ? null : communityId(number, row.src, row.sport, row.dst, row.dport),
    }),
    related: { ip: [...new Set([row.src, row.dst])] },
    ...present({ rule: present({ name: row.rule, ruleset: row.acl }) }),
    observer: present({
      type: 'network-interface',
      vendor: 'Microsoft',
      product: `Azure ${productOf(row)}`,
      mac: mac === null ? null : [mac],
    }),
    cloud: present({ provider: 'azure', account: present({ id: subscriptionOf(row) }) }),
    log: { file: { path: row.blob }, offset: row.offset },
    labels: present({
      format: row.format,
      flow_log: row.log,
      state: row.state,
      encryption: row.enc,
      etag: row.etag,
      protocol: number === null ? row.proto : null,
      mac: mac === null ? row.mac : null,
    }),
  }
}
