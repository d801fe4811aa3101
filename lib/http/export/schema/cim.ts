import type { ExportRow } from '@/lib/flow/answer/tuples/export-row'
import { endFacts, ownEnd } from './end-facts'
import { protocolKeyword } from './protocol-keywords'
import { ipVersion, isIcmp, type JsonFields, macWith, present, productOf, protocolNumber, subscriptionOf, sum } from './row-facts'

/** Returns `transport` in the model's words; it has one word for both kinds of ICMP. */
function transportOf(row: ExportRow): string {
  return isIcmp(row) ? 'icmp' : (protocolKeyword(protocolNumber(row)) ?? row.proto.toLowerCase())
}

/** ICMP has no ports. If a log contains any, they keep their API names. */
function portFields(row: ExportRow): JsonFields {
  if (!isIcmp(row)) return { src_port: row.sport, dest_port: row.dport }
  return present({ sport: row.sport === 0 ? null : row.sport, dport: row.dport === 0 ? null : row.dport })
}

/** Returns the context of an end. The model has zones; the names of other fields follow its conventions. */
function endFields(row: ExportRow, end: 'src' | 'dst'): JsonFields {
  const prefix = end === 'src' ? 'src' : 'dest'
  const { name, zone, country, asn, org, tags, lists, vm, vnet, net, among } = endFacts(row, end)
  return present({
    [`${prefix}_host`]: name,
    [`${prefix}_zone`]: zone,
    [`${prefix}_country`]: country,
    [`${prefix}_asn`]: asn,
    [`${prefix}_org`]: org,
    [`${prefix}_tag`]: tags,
    [`${prefix}_list`]: lists,
    [`${prefix}_vm`]: vm,
    [`${prefix}_vnet`]: vnet,
    [`${prefix}_net`]: net,
    [`${prefix}_among`]: among,
  })
}

/**
 * Converts a row to Splunk's CIM Network Traffic model (https://docs.splunk.com/Documentation/CIM/latest/User/NetworkTraffic). `in` and `out` are the bytes
 * that the reporting device, here the NIC, received and transmitted: for an inbound flow, it received the source's bytes; for an outbound flow, the replies.
 * `_time` is in seconds. Flow logs do not contain the application, so `app`, which the model requires, is `unknown`. Unmeasured values are omitted. Fields that
 * the model lacks keep their API names.
 */
export function toCim(row: ExportRow): JsonFields {
  const inbound = row.dir === 'in'
  const mac = macWith(row, ':')?.toLowerCase() ?? null
  const [bytesIn, bytesOut] = inbound ? [row.bytesSent, row.bytesReceived] : [row.bytesReceived, row.bytesSent]
  const [packetsIn, packetsOut] = inbound ? [row.packetsSent, row.packetsReceived] : [row.packetsReceived, row.packetsSent]
  return present({
    _time: Date.parse(row.time) / 1000,
    action: row.action === 'deny' ? 'blocked' : 'allowed',
    app: 'unknown',
    src: row.src,
    src_ip: row.src,
    dest: row.dst,
    dest_ip: row.dst,
    ...portFields(row),
    ...(ownEnd(row) === 'dst' ? { dest_mac: mac } : { src_mac: mac }),
    ...endFields(row, 'src'),
    ...endFields(row, 'dst'),
    protocol: isIcmp(row) ? 'icmp' : 'ip',
    protocol_version: `ipv${ipVersion(row)}`,
    transport: transportOf(row),
    direction: inbound ? 'inbound' : 'outbound',
    bytes: sum(bytesIn, bytesOut),
    bytes_in: bytesIn,
    bytes_out: bytesOut,
    packets: sum(packetsIn, packetsOut),
    packets_in: packetsIn,
    packets_out: packetsOut,
    rule: row.rule,
    dvc: mac ?? row.log,
    dvc_mac: mac,
    vendor_product: `Microsoft Azure ${productOf(row)}`,
    vendor_account: subscriptionOf(row),
    proto: row.proto,
    state: row.state,
    enc: row.enc,
    acl: row.acl,
    mac: row.mac,
    log: row.log,
    format: row.format,
    recordTime: row.recordTime,
    id: row.id,
    blob: row.blob,
    etag: row.etag,
    offset: row.offset,
  })
}

/** Source type of every event sent to Splunk. */
const SOURCETYPE = 'flowlens:flow'

/** Converts a row to one event of the HTTP Event Collector (https://docs.splunk.com/Documentation/Splunk/latest/Data/FormateventsforHTTPEventCollector). */
export function toHecEvent(row: ExportRow): JsonFields {
  const event = toCim(row)
  return { time: event._time!, sourcetype: SOURCETYPE, event }
}
