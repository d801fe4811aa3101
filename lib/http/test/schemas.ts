import { ASIM_COLUMNS, CIM_FIELDS, ECS_FIELDS, type FieldTypes } from './schema-fields'

type Row = Record<string, unknown>

/** Requirements of a schema that apply to flow logs. Paths are dotted. */
export interface SchemaRules {
  mandatory: readonly string[]
  /** Fields with fixed values; every element of a list must be one of them. */
  words: Readonly<Record<string, readonly unknown[]>>
  /** All fields of the schema. */
  fields: FieldTypes
  /** True for our own fields, which the schema lacks. */
  isOwn(field: string): boolean
  /** Returns the row that an object was made from, without its id. */
  back(row: Row): Row
}

type Get = (path: string) => unknown

function getter(row: Row): Get {
  return (path) => path.split('.').reduce<unknown>((value, key) => (value as Row | undefined)?.[key], row) ?? null
}

const plainMac = (mac: unknown) => (typeof mac === 'string' ? mac.replace(/[-:]/g, '').toUpperCase() : null)
const text = (value: unknown) => value ?? ''
const NUMBERS: Record<string, string> = { 6: 'tcp', 17: 'udp' }
const KEYWORDS: Record<string, string> = { TCP: 'tcp', UDP: 'udp', ICMP: '1', GRE: '47', 'IPV6-ICMP': '58', IGMP: '2', ESP: '50', AH: '51' }
const LETTERS: Record<string, string> = { B: 'begin', C: 'continue', E: 'end' }

/** https://www.elastic.co/docs/reference/ecs/ecs-allowed-values-event-kind, and ecs-network, ecs-source, ecs-base. */
export const ECS: SchemaRules = {
  mandatory: ['@timestamp', 'ecs.version', 'event.kind', 'event.category', 'event.type', 'source.ip', 'destination.ip'],
  words: {
    'event.kind': ['event'],
    'event.category': ['network'],
    'event.type': ['access', 'allowed', 'connection', 'denied', 'end', 'info', 'protocol', 'start'],
    'event.outcome': ['success', 'failure', 'unknown'],
    'network.direction': ['inbound', 'outbound'],
    'network.type': ['ipv4', 'ipv6'],
    'cloud.provider': ['azure'],
  },
  fields: ECS_FIELDS,
  isOwn: (field) => field.startsWith('labels.'),
  back(row) {
    const field = getter(row)
    const number = field('network.iana_number')
    const types = field('event.type') as string[]
    const [mac] = (field('observer.mac') as string[] | null) ?? []
    if (types.includes('start') !== (field('labels.state') === 'begin' && types.includes('allowed')))
      throw new Error('event.type disagrees')
    const state = field('labels.state')
    if (field('event.start') !== (state === 'begin' ? field('@timestamp') : null)) throw new Error('event.start disagrees')
    if (field('event.end') !== (state === 'end' ? field('@timestamp') : null)) throw new Error('event.end disagrees')
    const inbound = field('network.direction') === 'inbound'
    if (field(inbound ? 'destination.mac' : 'source.mac') !== (mac ?? null) || field(inbound ? 'source.mac' : 'destination.mac') !== null)
      throw new Error('the MAC is at the wrong end')
    return {
      time: field('@timestamp'),
      recordTime: field('labels.record_time'),
      src: field('source.ip'),
      dst: field('destination.ip'),
      sport: field('source.port'),
      dport: field('destination.port'),
      proto: number === null ? text(field('labels.protocol')) : (NUMBERS[String(number)] ?? number),
      dir: inbound ? 'in' : 'out',
      action: types.includes('denied') ? 'deny' : 'allow',
      state: field('labels.state'),
      enc: field('labels.encryption'),
      packetsSent: field('source.packets'),
      bytesSent: field('source.bytes'),
      packetsReceived: field('destination.packets'),
      bytesReceived: field('destination.bytes'),
      rule: text(field('rule.name')),
      acl: text(field('rule.ruleset')),
      mac: plainMac(mac) ?? text(field('labels.mac')),
      log: field('labels.flow_log'),
      format: field('labels.format'),
      blob: field('log.file.path'),
      etag: field('labels.etag'),
      offset: field('log.offset'),
    }
  },
}

/** https://learn.microsoft.com/azure/sentinel/normalization-schema-network: every mandatory field of the table, and its enumerations. */
export const ASIM: SchemaRules = {
  mandatory: [
    ...['TimeGenerated', 'EventCount', 'EventStartTime', 'EventEndTime', 'EventType', 'EventResult', 'EventProduct', 'EventVendor'],
    ...['EventSchemaVersion', 'EventSeverity', 'Dvc'],
  ],
  words: {
    EventType: ['Flow'],
    EventSubType: [],
    EventProduct: ['Azure NSG flows'],
    EventVendor: ['Microsoft'],
    EventResult: ['Success', 'Failure', 'Partial', 'NA'],
    EventSeverity: ['Informational', 'Low', 'Medium', 'High'],
    EventSchemaVersion: ['0.2.7'],
    DvcIdType: ['AzureResourceId'],
    SrcDomainType: ['FQDN'],
    DstDomainType: ['FQDN'],
    DvcAction: ['Allow', 'Deny', 'Drop', 'Drop ICMP', 'Reset', 'Reset Source', 'Reset Destination', 'Encrypt', 'Decrypt', 'VPNroute'],
    NetworkDirection: ['Inbound', 'Outbound', 'Local', 'Listen', 'NA'],
    NetworkProtocolVersion: ['IPv4', 'IPv6'],
  },
  fields: ASIM_COLUMNS,
  isOwn: () => false,
  back(row) {
    const field = getter(row)
    const denied = field('DvcAction') === 'Deny'
    if (denied !== (field('EventResult') === 'Failure')) throw new Error('EventResult disagrees with DvcAction')
    if (field('Dvc') !== (field('DvcId') ?? field('EventProduct'))) throw new Error('Dvc is not the alias that it has to be')
    const state = field('EventOriginalSubType')
    const format = String(field('AdditionalFields.Format'))
    if (field('DvcOriginalAction') !== (format.startsWith('nsg') ? (denied ? 'D' : 'A') : state))
      throw new Error('DvcOriginalAction disagrees')
    const protocol = String(field('NetworkProtocol'))
    const inbound = field('NetworkDirection') === 'Inbound'
    return {
      time: field('EventStartTime'),
      recordTime: field('TimeGenerated'),
      src: field('SrcIpAddr'),
      dst: field('DstIpAddr'),
      sport: field('SrcPortNumber'),
      dport: field('DstPortNumber'),
      proto: KEYWORDS[protocol] ?? protocol,
      dir: inbound ? 'in' : 'out',
      action: denied ? 'deny' : 'allow',
      state: state === 'D' && format.startsWith('vnet') ? 'deny' : (LETTERS[String(state)] ?? state),
      enc: field('AdditionalFields.Encryption'),
      packetsSent: field('SrcPackets'),
      bytesSent: field('SrcBytes'),
      packetsReceived: field('DstPackets'),
      bytesReceived: field('DstBytes'),
      rule: text(field('NetworkRuleName')),
      acl: text(field('DvcId') ?? field('AdditionalFields.Acl')),
      mac: plainMac(field(inbound ? 'DstMacAddr' : 'SrcMacAddr')) ?? text(field('AdditionalFields.Mac')),
      log: field('AdditionalFields.FlowLog'),
      format: field('AdditionalFields.Format'),
      blob: field('AdditionalFields.Blob'),
      etag: field('AdditionalFields.ETag'),
      offset: field('AdditionalFields.Offset'),
    }
  },
}

/** https://docs.splunk.com/Documentation/CIM/latest/User/NetworkTraffic: required and recommended fields, and prescribed values. */
export const CIM: SchemaRules = {
  mandatory: ['_time', 'action', 'app', 'dest', 'dvc', 'src', 'transport', 'vendor_product'],
  words: {
    action: ['allowed', 'blocked', 'teardown'],
    direction: ['inbound', 'outbound'],
    protocol: ['ip', 'icmp'],
    protocol_version: ['ipv4', 'ipv6'],
    app: ['unknown'],
  },
  fields: CIM_FIELDS,
  isOwn: (field) =>
    /^(?:proto|state|enc|acl|mac|log|format|recordTime|id|blob|etag|offset|sport|dport)$/.test(field) ||
    /^(?:src|dest)_(?:host|country|asn|org|tag|list|vm|vnet|net|among)$/.test(field),
  back(row) {
    const field = getter(row)
    const inbound = field('direction') === 'inbound'
    if (field('transport') !== String(field('transport')).toLowerCase()) throw new Error('transport is not in lower case')
    const isIcmp = field('transport') === 'icmp'
    if ((field('protocol') === 'icmp') !== isIcmp) throw new Error('protocol disagrees with transport')
    if ((field('src_port') === null) !== isIcmp || (field('dest_port') === null) !== isIcmp)
      throw new Error('ICMP has no ports, others have')
    return {
      time: new Date(Math.round(Number(field('_time')) * 1000)).toISOString(),
      recordTime: field('recordTime'),
      src: field('src_ip'),
      dst: field('dest_ip'),
      sport: field('src_port') ?? field('sport') ?? 0,
      dport: field('dest_port') ?? field('dport') ?? 0,
      proto: text(field('proto')),
      dir: inbound ? 'in' : 'out',
      action: field('action') === 'blocked' ? 'deny' : 'allow',
      state: field('state'),
      enc: field('enc'),
      packetsSent: field(inbound ? 'packets_in' : 'packets_out'),
      bytesSent: field(inbound ? 'bytes_in' : 'bytes_out'),
      packetsReceived: field(inbound ? 'packets_out' : 'packets_in'),
      bytesReceived: field(inbound ? 'bytes_out' : 'bytes_in'),
      rule: text(field('rule')),
      acl: text(field('acl')),
      mac: text(field('mac')),
      log: field('log'),
      format: field('format'),
      blob: field('blob'),
      etag: field('etag'),
      offset: field('offset'),
    }
  },
}
