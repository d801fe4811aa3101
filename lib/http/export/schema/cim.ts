import type { ExportRow } from '@/lib/flow/answer/export-row'
import { type Fields, ipVersion, macWith, present, productOf, protocolKeyword, protocolNumber, subscriptionOf, sum } from './row-facts'

/** `transport` in the model's words; it has one word for both kinds of ICMP. */
function transportOf(row: ExportRow): string {
  const keyword = protocolKeyword(protocolNumber(row))
  return keyword === 'ipv6-icmp' ? 'icmp' : (keyword ?? row.proto.toLowerCase())
}

/**
 * A row in Splunk's CIM Network Traffic model (https://docs.splunk.com/Documentation/CIM/latest/User/NetworkTraffic). `in` and `out` are the bytes
 * that the reporting device, here the NIC, received and transmitted: for an inbound flow it received what the source sent, for an outbound flow what
 * came back. `_time` is in seconds. Unmeasured values are omitted. Fields that the model lacks keep their API names.
 */
export function toCim(row: ExportRow): Fields {
  const inbound = row.dir === 'in'
  const mac = macWith(row, ':')?.toLowerCase() ?? null
  const [bytesIn, bytesOut] = inbound ? [row.bytesSent, row.bytesReceived] : [row.bytesReceived, row.bytesSent]
  const [packetsIn, packetsOut] = inbound ? [row.packetsSent, row.packetsReceived] : [row.packetsReceived, row.packetsSent]
  return present({
    _time: Date.parse(row.time) / 1000,
    action: row.action === 'deny' ? 'blocked' : 'allowed',
    src: row.src,
    src_ip: row.src,
    src_port: row.sport,
    dest: row.dst,
    dest_ip: row.dst,
    dest_port: row.dport,
    ...(inbound ? { dest_mac: mac } : { src_mac: mac }),
    protocol: 'ip',
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
