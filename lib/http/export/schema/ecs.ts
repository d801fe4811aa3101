import type { ExportRow } from '@/lib/flow/answer/tuples/export-row'
import { communityId } from './community-id'
import { endFacts, ownEnd } from './end-facts'
import { protocolKeyword } from './protocol-keywords'
import { ipVersion, type JsonFields, macWith, present, productOf, protocolNumber, subscriptionOf, sum } from './row-facts'

/** Version of the schema. */
const VERSION = '9.3.0'

function eventTypes({ action, state }: ExportRow): string[] {
  if (action === 'deny') return ['connection', 'denied']
  if (state === 'begin') return ['connection', 'start', 'allowed']
  return state === 'end' ? ['connection', 'end', 'allowed'] : ['connection', 'allowed']
}

/** Returns the context of an end: values with a field in the schema, and labels for others. */
function endFields(row: ExportRow, end: 'src' | 'dst'): { fields: JsonFields; labels: JsonFields } {
  const prefix = end === 'src' ? 'source' : 'destination'
  const { name, country, asn, org, tags, lists, vm, subnet, vnet, net, among } = endFacts(row, end)
  return {
    fields: present({
      domain: name,
      geo: present({ country_iso_code: country }),
      as: present({ number: asn, organization: present({ name: org }) }),
    }),
    labels: present({
      [`${prefix}_net`]: net,
      [`${prefix}_tag`]: tags,
      [`${prefix}_list`]: lists,
      [`${prefix}_vm`]: vm,
      [`${prefix}_subnet`]: subnet,
      [`${prefix}_vnet`]: vnet,
      [`${prefix}_among`]: among,
    }),
  }
}

/**
 * Converts a row to Elastic Common Schema (https://www.elastic.co/docs/reference/ecs/ecs-field-reference, `log.offset` from
 * https://www.elastic.co/docs/reference/beats/filebeat/exported-fields-log). `source` opened the flow, so its bytes are the bytes sent; `inbound` and
 * `outbound` are as seen by the NIC. A denial is a success of the device that denied it
 * (https://www.elastic.co/docs/reference/ecs/ecs-using-categorization-fields). A Begin row is the start of its flow, an End row its end. Unmeasured values are
 * omitted. `labels` contain values without a field.
 */
export function toEcs(row: ExportRow): JsonFields {
  const number = protocolNumber(row)
  const mac = macWith(row, '-')
  const own = ownEnd(row)
  const { vm, subnet, vnet } = endFacts(row, own)
  const [source, destination] = [endFields(row, 'src'), endFields(row, 'dst')]
  const names = [source.fields.domain, destination.fields.domain].filter((one) => one !== undefined)
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
      ...(row.state === 'begin' ? { start: row.time } : row.state === 'end' ? { end: row.time } : {}),
    },
    source: present({
      address: row.src,
      ip: row.src,
      port: row.sport,
      mac: own === 'src' ? mac : null,
      bytes: row.bytesSent,
      packets: row.packetsSent,
      ...source.fields,
    }),
    destination: present({
      address: row.dst,
      ip: row.dst,
      port: row.dport,
      mac: own === 'dst' ? mac : null,
      bytes: row.bytesReceived,
      packets: row.packetsReceived,
      ...destination.fields,
    }),
    network: present({
      name: subnet ?? vnet,
      type: `ipv${ipVersion(row)}`,
      transport: protocolKeyword(number),
      iana_number: number === null ? null : String(number),
      direction: row.dir === 'in' ? 'inbound' : 'outbound',
      bytes: sum(row.bytesSent, row.bytesReceived),
      packets: sum(row.packetsSent, row.packetsReceived),
      community_id: number === null ? null : communityId(number, row.src, row.sport, row.dst, row.dport),
    }),
    related: present({ ip: [...new Set([row.src, row.dst])], hosts: [...new Set(names)] }),
    ...present({ rule: present({ name: row.rule, ruleset: row.acl }) }),
    observer: present({
      type: 'network-interface',
      vendor: 'Microsoft',
      product: `Azure ${productOf(row)}`,
      mac: mac === null ? null : [mac],
    }),
    cloud: present({
      provider: 'azure',
      account: present({ id: subscriptionOf(row) }),
      instance: present({ name: vm }),
    }),
    log: { file: { path: row.blob }, offset: row.offset },
    labels: present({
      record_time: row.recordTime,
      format: row.format,
      flow_log: row.log,
      state: row.state,
      encryption: row.enc,
      etag: row.etag,
      protocol: number === null ? row.proto : null,
      mac: mac === null ? row.mac : null,
      ...source.labels,
      ...destination.labels,
    }),
  }
}
