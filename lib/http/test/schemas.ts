type Row = Record<string, unknown>

/** Requirements of a schema that apply to flow logs. Paths are dotted. */
export interface SchemaRules {
  mandatory: readonly string[]
  /** Fields with fixed values; every element of a list is one of them. */
  words: Readonly<Record<string, readonly unknown[]>>
  /** Fields that are numbers if present. */
  numbers: readonly string[]
  /** The row that an object was made from, without its id. */
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

/** https://www.elastic.co/docs/reference/ecs/ecs-allowed-values-event-kind, and ecs-network, ecs-source, ecs-base. */
export const ECS: SchemaRules = {
  mandatory: ['@timestamp', 'ecs.version', 'event.kind', 'event.category', 'event.type', 'source.ip', 'destination.ip'],
  words: {
    'event.kind': ['event'],
    'event.category': ['network'],
    'event.type': ['access', 'allowed', 'connection', 'denied', 'end', 'info', 'protocol', 'start'],
    'event.outcome': ['success', 'failure', 'unknown'],
    'network.direction': ['ingress', 'egress', 'inbound', 'outbound', 'internal', 'external', 'unknown'],
    'network.type': ['ipv4', 'ipv6'],
    'cloud.provider': ['azure'],
  },
  numbers: [
    ...['source.port', 'source.bytes', 'source.packets', 'destination.port', 'destination.bytes', 'destination.packets'],
    ...['network.bytes', 'network.packets', 'log.offset'],
  ],
  back(row) {
    const field = getter(row)
    const number = field('network.iana_number')
    const types = field('event.type') as string[]
    const [mac] = (field('observer.mac') as string[] | null) ?? []
    if (types.includes('start') !== (field('labels.state') === 'begin' && types.includes('allowed')))
      throw new Error('event.type disagrees')
    return {
      time: field('@timestamp'),
      recordTime: field('event.created'),
      src: field('source.ip'),
      dst: field('destination.ip'),
      sport: field('source.port'),
      dport: field('destination.port'),
      proto: number === null ? text(field('labels.protocol')) : (NUMBERS[String(number)] ?? number),
      dir: field('network.direction') === 'ingress' ? 'in' : 'out',
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

/** https://learn.microsoft.com/azure/sentinel/normalization-schema-network: every mandatory field, and its enumerations. */
export const ASIM: SchemaRules = {
  mandatory: [
    ...['TimeGenerated', 'EventCount', 'EventStartTime', 'EventEndTime', 'EventType', 'EventResult', 'EventProduct', 'EventVendor'],
    ...['EventSchema', 'EventSchemaVersion', 'Dvc'],
  ],
  words: {
    EventType: ['EndpointNetworkSession', 'NetworkSession', 'L2NetworkSession', 'IDS', 'Flow'],
    EventSubType: ['Start', 'End'],
    EventResult: ['Success', 'Failure', 'Partial', 'NA'],
    EventSeverity: ['Informational', 'Low', 'Medium', 'High'],
    EventSchema: ['NetworkSession'],
    EventSchemaVersion: ['0.2.6'],
    DvcAction: ['Allow', 'Deny', 'Drop', 'Drop ICMP', 'Reset', 'Reset Source', 'Reset Destination', 'Encrypt', 'Decrypt', 'VPNroute'],
    NetworkDirection: ['Inbound', 'Outbound', 'Local', 'Listen', 'NA'],
    NetworkProtocolVersion: ['IPv4', 'IPv6'],
  },
  numbers: [
    ...['EventCount', 'SrcPortNumber', 'DstPortNumber', 'SrcBytes', 'DstBytes', 'NetworkBytes', 'SrcPackets', 'DstPackets'],
    'NetworkPackets',
  ],
  back(row) {
    const field = getter(row)
    const denied = field('DvcAction') === 'Deny'
    if (denied !== (field('EventResult') === 'Failure')) throw new Error('EventResult disagrees with DvcAction')
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
      state: field('AdditionalFields.State'),
      enc: field('AdditionalFields.Encryption'),
      packetsSent: field('SrcPackets'),
      bytesSent: field('SrcBytes'),
      packetsReceived: field('DstPackets'),
      bytesReceived: field('DstBytes'),
      rule: text(field('NetworkRuleName')),
      acl: text(field('AdditionalFields.Acl')),
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
  mandatory: ['_time', 'action', 'dest', 'dest_port', 'dvc', 'src', 'src_port', 'transport', 'vendor_product'],
  words: {
    action: ['allowed', 'blocked', 'teardown'],
    direction: ['inbound', 'outbound'],
    protocol: ['ip'],
  },
  numbers: [...['_time', 'src_port', 'dest_port', 'bytes', 'bytes_in', 'bytes_out', 'packets', 'packets_in', 'packets_out', 'offset']],
  back(row) {
    const field = getter(row)
    const inbound = field('direction') === 'inbound'
    if (field('transport') !== String(field('transport')).toLowerCase()) throw new Error('transport is not in lower case')
    return {
      time: new Date(Math.round(Number(field('_time')) * 1000)).toISOString(),
      recordTime: field('recordTime'),
      src: field('src_ip'),
      dst: field('dest_ip'),
      sport: field('src_port'),
      dport: field('dest_port'),
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
