import type { ExportRow } from '@/lib/flow/answer/tuples/export-row'
import { endFacts, ownEnd } from './end-facts'
import { protocolKeyword } from './protocol-keywords'
import {
  aclResource,
  decisionWritten,
  ipVersion,
  type JsonFields,
  macWith,
  present,
  protocolNumber,
  stateWritten,
  subscriptionOf,
  sum,
} from './row-facts'

const VERSION = '0.2.7'
/** The product name of Azure's flow logs in the schema's list. */
const PRODUCT = 'Azure NSG flows'

/** Returns the fields of a host's name: without its domain, and both with their kind if there is one. */
function hostFields(prefix: 'Src' | 'Dst', name: string | null): JsonFields {
  if (name === null) return {}
  const dot = name.indexOf('.')
  if (dot <= 0) return { [`${prefix}Hostname`]: name }
  return {
    [`${prefix}Hostname`]: name.slice(0, dot),
    [`${prefix}Domain`]: name.slice(dot + 1),
    [`${prefix}DomainType`]: 'FQDN',
    [`${prefix}FQDN`]: name,
  }
}

/** Returns the context of an end: values with a field in the schema, and others. */
function endFields(row: ExportRow, end: 'src' | 'dst'): { fields: JsonFields; others: JsonFields } {
  const prefix = end === 'src' ? 'Src' : 'Dst'
  const { name, country, zone, asn, org, tags, lists, vm, vnet, net, among } = endFacts(row, end)
  return {
    fields: present({ ...hostFields(prefix, name), [`${prefix}GeoCountry`]: country, [`${prefix}Zone`]: zone }),
    others: present({
      [`${prefix}Asn`]: asn,
      [`${prefix}Organization`]: org,
      [`${prefix}Tags`]: tags,
      [`${prefix}Lists`]: lists,
      [`${prefix}Vm`]: vm,
      [`${prefix}Vnet`]: vnet,
      [`${prefix}Net`]: net,
      [`${prefix}Among`]: among,
    }),
  }
}

/**
 * Converts a row to Microsoft Sentinel's ASIM NetworkSession schema, for the table ASimNetworkSessionLogs
 * (https://learn.microsoft.com/azure/sentinel/normalization-schema-network, normalization-common-fields,
 * https://learn.microsoft.com/azure/azure-monitor/reference/tables/asimnetworksessionlogs). The table has no column for EventSchema: its parser adds that.
 * `Src` opened the flow, so `SrcBytes` are the bytes sent; the direction is the NIC's. `TimeGenerated` is the record's flush time. Unmeasured values are
 * omitted.
 */
export function toAsim(row: ExportRow): JsonFields {
  const number = protocolNumber(row)
  const denied = row.action === 'deny'
  const mac = macWith(row, ':')
  const acl = aclResource(row)
  const subscription = subscriptionOf(row)
  const [src, dst] = [endFields(row, 'src'), endFields(row, 'dst')]
  return present({
    TimeGenerated: row.recordTime,
    EventCount: 1,
    EventStartTime: row.time,
    EventEndTime: row.time,
    EventType: 'Flow',
    EventOriginalSubType: stateWritten(row),
    EventResult: denied ? 'Failure' : 'Success',
    EventSeverity: denied ? 'Low' : 'Informational',
    EventOriginalUid: row.id,
    EventProduct: PRODUCT,
    EventVendor: 'Microsoft',
    EventSchemaVersion: VERSION,
    Dvc: acl ?? PRODUCT,
    DvcId: acl,
    DvcIdType: acl === null ? null : 'AzureResourceId',
    DvcMacAddr: mac,
    DvcSubscriptionId: subscription,
    DvcAction: denied ? 'Deny' : 'Allow',
    DvcOriginalAction: decisionWritten(row),
    SrcIpAddr: row.src,
    SrcPortNumber: row.sport,
    DstIpAddr: row.dst,
    DstPortNumber: row.dport,
    ...(ownEnd(row) === 'src'
      ? { SrcMacAddr: mac, SrcSubscriptionId: subscription }
      : { DstMacAddr: mac, DstSubscriptionId: subscription }),
    ...src.fields,
    ...dst.fields,
    NetworkProtocol: (protocolKeyword(number) ?? row.proto).toUpperCase(),
    NetworkProtocolVersion: `IPv${ipVersion(row)}`,
    NetworkDirection: row.dir === 'in' ? 'Inbound' : 'Outbound',
    SrcBytes: row.bytesSent,
    DstBytes: row.bytesReceived,
    NetworkBytes: sum(row.bytesSent, row.bytesReceived),
    SrcPackets: row.packetsSent,
    DstPackets: row.packetsReceived,
    NetworkPackets: sum(row.packetsSent, row.packetsReceived),
    NetworkRuleName: row.rule,
    AdditionalFields: present({
      Acl: acl === null ? row.acl : null,
      Encryption: row.enc,
      Format: row.format,
      FlowLog: row.log,
      Mac: mac === null ? row.mac : null,
      Blob: row.blob,
      ETag: row.etag,
      Offset: row.offset,
      ...src.others,
      ...dst.others,
    }),
  })
}
