import type { ExportRow } from '../export-row'
import { type Fields, ipVersion, macWith, present, productOf, protocolKeyword, protocolNumber, subscriptionOf, sum } from './row-facts'

const VERSION = '0.2.6'

function subType({ action, state }: ExportRow): string | null {
  if (action === 'deny') return null
  return state === 'begin' ? 'Start' : state === 'end' ? 'End' : null
}

/**
 * A row in Microsoft Sentinel's ASIM NetworkSession schema (https://learn.microsoft.com/azure/sentinel/normalization-schema-network and
 * normalization-common-fields). The log is written at one end of the session, its network card, hence `EndpointNetworkSession`, whose direction is
 * that card's. `Src` began the flow, so `SrcBytes` are those that were sent. `TimeGenerated` is when the record was flushed. What was not measured
 * is left out.
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
