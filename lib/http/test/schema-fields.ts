/** Fields of a schema with their types, from its own list. */
export type FieldTypes = ReadonlyMap<string, string>

function listed(byType: Readonly<Record<string, string>>): FieldTypes {
  return new Map(Object.entries(byType).flatMap(([type, names]) => names.split(' ').map((name): [string, string] => [name, type])))
}

/** Columns of the table ASimNetworkSessionLogs (https://learn.microsoft.com/azure/azure-monitor/reference/tables/asimnetworksessionlogs). */
export const ASIM_COLUMNS = listed({
  datetime: 'TimeGenerated EventStartTime EventEndTime',
  int: 'EventCount DstPortNumber SrcPortNumber DstNatPortNumber SrcNatPortNumber NetworkDuration NetworkIcmpCode NetworkRuleNumber ThreatConfidence ThreatRiskLevel',
  long: 'DstBytes DstPackets SrcBytes SrcPackets NetworkBytes NetworkPackets',
  real: 'DstGeoLatitude DstGeoLongitude SrcGeoLatitude SrcGeoLongitude',
  dynamic: 'AdditionalFields',
  string: [
    'DstAppId DstAppName DstAppType DstDescription DstDeviceType DstDomain DstDomainType DstDvcId DstDvcIdType DstFQDN DstGeoCity DstGeoCountry',
    'DstGeoRegion DstHostname DstInterfaceGuid DstInterfaceName DstIpAddr DstMacAddr DstNatIpAddr DstOriginalUserType DstSubscriptionId DstUserId',
    'DstUserIdType DstUsername DstUsernameType DstUserType DstVlanId DstZone Dvc DvcAction DvcDescription DvcDomain DvcDomainType DvcFQDN',
    'DvcHostname DvcId DvcIdType DvcInboundInterface DvcInterface DvcIpAddr DvcMacAddr DvcOriginalAction DvcOs DvcOsVersion DvcOutboundInterface',
    'DvcSubscriptionId DvcZone EventMessage EventOriginalResultDetails EventOriginalSeverity EventOriginalSubType EventOriginalType',
    'EventOriginalUid EventProduct EventProductVersion EventReportUrl EventResult EventResultDetails EventSchemaVersion EventSeverity EventSubType',
    'EventType EventVendor NetworkApplicationProtocol NetworkConnectionHistory NetworkDirection NetworkIcmpType NetworkProtocol',
    'NetworkProtocolVersion NetworkRuleName NetworkSessionId SrcAppId SrcAppName SrcAppType SrcDescription SrcDeviceType SrcDomain SrcDomainType',
    'SrcDvcId SrcDvcIdType SrcFQDN SrcGeoCity SrcGeoCountry SrcGeoRegion SrcHostname SrcInterfaceGuid SrcInterfaceName SrcIpAddr SrcMacAddr',
    'SrcNatIpAddr SrcOriginalUserType SrcSubscriptionId SrcUserId SrcUserIdType SrcUsername SrcUsernameType SrcUserType SrcVlanId SrcZone',
  ].join(' '),
})

/** Fields of the applicable field sets (https://github.com/elastic/ecs, generated/csv/fields.csv), and `log.offset` of Filebeat. */
export const ECS_FIELDS = listed({
  date: '@timestamp event.created event.end event.ingested event.start',
  ip: 'source.ip source.nat.ip destination.ip destination.nat.ip network.forwarded_ip observer.ip related.ip',
  long: [
    'source.port source.bytes source.packets source.as.number source.nat.port destination.port destination.bytes destination.packets',
    'destination.as.number destination.nat.port network.bytes network.packets event.duration event.sequence event.severity log.offset',
  ].join(' '),
  keyword: [
    'ecs.version tags event.action event.agent_id_status event.category event.code event.dataset event.hash event.id event.kind event.module',
    'event.original event.outcome event.provider event.reason event.reference event.timezone event.type event.url',
    ...['source', 'destination'].map((end) =>
      [
        'address as.organization.name domain mac registered_domain subdomain top_level_domain geo.city_name geo.continent_code geo.continent_name',
        'geo.country_iso_code geo.country_name geo.name geo.postal_code geo.region_iso_code geo.region_name geo.timezone',
      ]
        .join(' ')
        .replace(/\S+/g, `${end}.$&`),
    ),
    'network.application network.community_id network.direction network.iana_number network.name network.protocol network.transport network.type',
    'network.vlan.id network.vlan.name related.hash related.hosts related.user rule.author rule.category rule.description rule.id rule.license',
    'rule.name rule.reference rule.ruleset rule.uuid rule.version observer.hostname observer.mac observer.name observer.product',
    'observer.serial_number observer.type observer.vendor observer.version cloud.account.id cloud.account.name cloud.availability_zone',
    'cloud.instance.id cloud.instance.name cloud.machine.type cloud.project.id cloud.project.name cloud.provider cloud.region cloud.service.name',
    'log.file.path log.level log.logger',
  ].join(' '),
})

/** Fields of All_Traffic (https://help.splunk.com, Network Traffic in the reference of CIM), and `_time`, which every event has. */
export const CIM_FIELDS = listed({
  time: '_time',
  number: [
    'bytes bytes_in bytes_out channel dest_port dest_translated_port duration icmp_code icmp_type packets packets_in packets_out process_id',
    'response_time src_port src_translated_port ttl',
  ].join(' '),
  string: [
    'action app dest dest_bunit dest_category dest_interface dest_ip dest_mac dest_priority dest_translated_ip dest_zone direction dvc dvc_bunit',
    'dvc_category dvc_ip dvc_mac dvc_priority dvc_zone flow_id protocol protocol_version rule session_id src src_bunit src_category src_interface',
    'src_ip src_mac src_priority src_translated_ip src_zone ssid tag tcp_flag tos transport user user_bunit user_category user_priority',
    'vendor_account vendor_product vlan wifi',
  ].join(' '),
})

const HOST = /^[^\s]+$/
const COUNTRY = /^[A-Z]{2}$/
const MAC = /^[0-9A-F]{2}(?:[-:][0-9A-F]{2}){5}$/i
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const WHOLE = (value: unknown) => Number.isSafeInteger(value)

/** True if a value, or each of a list, has the field's type. */
export function isOfType(type: string | undefined, name: string, value: unknown): boolean {
  if (Array.isArray(value)) return value.every((one) => isOfType(type, name, one))
  if (type === 'int' || type === 'long') return WHOLE(value)
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value)
  if (type === 'time') return typeof value === 'number' && value > 0
  if (type === 'datetime' || type === 'date') return typeof value === 'string' && INSTANT.test(value)
  if (type === 'dynamic') return typeof value === 'object' && value !== null
  if (type === undefined || typeof value !== 'string') return false
  if (/mac(?:addr)?$/i.test(name)) return MAC.test(value)
  if (/country(?:_iso_code)?$/i.test(name)) return COUNTRY.test(value)
  return type !== 'ip' || HOST.test(value)
}
