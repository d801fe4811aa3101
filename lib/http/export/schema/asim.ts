import type { ExportRow } from '@/lib/flow/answer/export-row'
import { type Fields, ipVersion, macWith, present, productOf, protocolKeyword, protocolNumber, subscriptionOf, sum } from './row-facts'

const VERSION = '0.2.6'

function subType({ action, state }: ExportRow): string | null {
  if (action === 'deny') return null
  return state === 'begin' ? 'Start' : state === 'end' ? 'End' : null
}

/**
 * A row in Microsoft Sentinel's ASIM NetworkSession schema (https://learn.microsoft.com/azure/sentinel/normalization-schema-network and
 * normalization-common-fields). A NIC at one end of the session writes the log, so the schema is `EndpointNetworkSession`, and the direction is the
 * NIC's. `Src` opened the flow, so `SrcBytes` are the bytes sent. `TimeGenerated` is the record's flush time. Unmeasured values are omitted.
 */
export function toAsim(row: ExportRow): Fields {
  const number = protocolNumber(row)
  const inbound = row.dir === 'in'
  const denied = row.action === 'deny'
  const mac = macWith(row, ':')
  const subscription = subscriptionOf(row)
  return present({
    TimeGenerated: row.recordTime,
    EventCount: 1,
    EventStartTime: row.time,
    EventEndTime: row.time,
    EventType: 'EndpointNetworkSession',
    EventSubType: subType(row),
    EventResult: denied ? 'Failure' : 'Success',
    EventSeverity: denied ? 'Low' : 'Informational',
    EventOriginalUid: row.id,
    EventProduct: `Azure ${productOf(row)}`,
    EventVendor: 'Microsoft',
    EventSchema: 'NetworkSession',
    EventSchemaVersion: VERSION,
    Dvc: mac ?? row.log,
    DvcMacAddr: mac,
    DvcScopeId: subscription,
    DvcAction: denied ? 'Deny' : 'Allow',
    DvcOriginalAction: row.action,
    SrcIpAddr: row.src,
    SrcPortNumber: row.sport,
    DstIpAddr: row.dst,
    DstPortNumber: row.dport,
    ...(inbound ? { DstMacAddr: mac } : { SrcMacAddr: mac }),
    NetworkProtocol: (protocolKeyword(number) ?? row.proto).toUpperCase(),
    NetworkProtocolVersion: `IPv${ipVersion(row)}`,
    NetworkDirection: inbound ? 'Inbound' : 'Outbound',
    SrcBytes: row.bytesSent,
    DstBytes: row.bytesReceived,
    NetworkBytes: sum(row.bytesSent, row.bytesReceived),
    SrcPackets: row.packetsSent,
    DstPackets: row.packetsReceived,
    NetworkPackets: sum(row.packetsSent, row.packetsReceived),
    NetworkRuleName: row.rule,
    AdditionalFields: present({
      Acl: row.acl,
      State: row.state,
      Encryption: row.enc,
      Format: row.format,
      FlowLog: row.log,
      Mac: mac === null ? row.mac : null,
      Blob: row.blob,
      ETag: row.etag,
      Offset: row.offset,
    }),
  })
}
