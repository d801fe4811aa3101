import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ExportRow } from '@/lib/flow/answer/tuples/export-row'
import { ASIM_COLUMNS } from '../../test/schema-fields'
import { toAsim } from './asim'
import { toCim, toHecEvent } from './cim'
import { toEcs } from './ecs'

const NSG = '/SUBSCRIPTIONS/ABCD/RESOURCEGROUPS/SHOP/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/FRONT'

/** An allowed outbound flow that begins at a NIC. */
const begin: ExportRow = {
  id: 'b1-2',
  time: '2026-03-01T10:00:00.000Z',
  recordTime: '2026-03-01T10:00:30.123Z',
  src: '10.9.0.4',
  dst: '198.51.100.7',
  sport: 50_123,
  dport: 443,
  proto: 'tcp',
  dir: 'out',
  action: 'allow',
  state: 'begin',
  enc: null,
  packetsSent: null,
  bytesSent: null,
  packetsReceived: null,
  bytesReceived: null,
  rule: 'UserRule_web',
  acl: NSG,
  mac: '002248AABB01',
  log: 'front-1',
  format: 'nsg-v2',
  blob: 'evidence.json',
  etag: '"1"',
  offset: 7,
  subscription: null,
}
const denied: ExportRow = { ...begin, src: '203.0.113.9', dst: '10.9.0.4', dir: 'in', action: 'deny' }
const end: ExportRow = { ...begin, state: 'end', packetsSent: 11, bytesSent: 4001, packetsReceived: 13, bytesReceived: 9002 }
const vnet: ExportRow = { ...end, format: 'vnet-v4', enc: 'X', acl: '-unspecified', subscription: 'FEDC' }
const icmp: ExportRow = {
  ...denied,
  src: 'fe80::9',
  dst: 'ff02::1',
  proto: '58',
  state: 'deny',
  format: 'vnet-v4',
  enc: 'NX',
  sport: 0,
  dport: 0,
}

describe('ECS', () => {
  it('has begin and end, the direction, and the MAC at the NIC’s end', () => {
    expect(toEcs(begin)).toMatchObject({
      event: { type: ['connection', 'start', 'allowed'], start: begin.time },
      network: { direction: 'outbound' },
      source: { mac: '00-22-48-AA-BB-01' },
      cloud: { account: { id: 'abcd' } },
    })
    expect(toEcs(begin)).not.toHaveProperty('destination.mac')
    expect(toEcs(begin)).not.toHaveProperty('event.created')
    expect(toEcs(denied)).toMatchObject({
      event: { type: ['connection', 'denied'] },
      network: { direction: 'inbound' },
      destination: { mac: '00-22-48-AA-BB-01' },
    })
    expect(toEcs(end)).toMatchObject({
      event: { type: ['connection', 'end', 'allowed'], end: end.time },
      source: { bytes: 4001, packets: 11 },
      destination: { bytes: 9002, packets: 13 },
      network: { bytes: 13_003, packets: 24 },
    })
    expect(toEcs(end)).not.toHaveProperty('event.start')
    expect(toEcs(vnet)).toMatchObject({ labels: { encryption: 'X' }, cloud: { account: { id: 'fedc' } } })
    expect(toEcs(icmp)).toMatchObject({ network: { transport: 'ipv6-icmp', type: 'ipv6' } })
  })
})

describe('ASIM', () => {
  it('is a Flow of a listed product, with the words of the log', () => {
    expect(toAsim(begin)).toMatchObject({
      EventType: 'Flow',
      EventOriginalSubType: 'B',
      EventProduct: 'Azure NSG flows',
      EventSchemaVersion: '0.2.7',
      Dvc: NSG,
      DvcId: NSG,
      DvcIdType: 'AzureResourceId',
      DvcSubscriptionId: 'abcd',
      DvcAction: 'Allow',
      DvcOriginalAction: 'A',
      EventResult: 'Success',
      EventSeverity: 'Informational',
      SrcMacAddr: '00:22:48:AA:BB:01',
    })
    for (const gone of ['EventSubType', 'EventSchema', 'DvcScopeId', 'SrcBytes', 'NetworkBytes'])
      expect(toAsim(begin)).not.toHaveProperty(gone)
    expect(toAsim(denied)).toMatchObject({
      EventOriginalSubType: 'B',
      DvcAction: 'Deny',
      DvcOriginalAction: 'D',
      EventResult: 'Failure',
      EventSeverity: 'Low',
      DstMacAddr: '00:22:48:AA:BB:01',
    })
    expect(toAsim(vnet)).toMatchObject({
      Dvc: 'Azure NSG flows',
      DvcSubscriptionId: 'fedc',
      DvcOriginalAction: 'E',
      EventProduct: 'Azure NSG flows',
      SrcBytes: 4001,
      DstBytes: 9002,
      NetworkBytes: 13_003,
      AdditionalFields: { Encryption: 'X', Acl: '-unspecified' },
    })
    expect(toAsim(vnet)).not.toHaveProperty('DvcId')
    expect(toAsim(icmp)).toMatchObject({
      DvcAction: 'Deny',
      DvcOriginalAction: 'D',
      EventOriginalSubType: 'D',
      NetworkProtocol: 'IPV6-ICMP',
    })
  })

  it.each([
    ['132', 'SCTP'],
    ['112', 'VRRP'],
    ['143', 'AGGFRAG'],
    ['114', '114'],
    ['254', '254'],
    ['tcp', 'TCP'],
  ])('calls protocol %s %s', (proto, keyword) => expect(toAsim({ ...begin, proto }).NetworkProtocol).toBe(keyword))
})

describe('CIM', () => {
  it('has the fields that the model requires', () => {
    expect(toCim(begin)).toMatchObject({
      action: 'allowed',
      app: 'unknown',
      protocol: 'ip',
      transport: 'tcp',
      direction: 'outbound',
      vendor_account: 'abcd',
    })
    expect(toCim(denied)).toMatchObject({ action: 'blocked', direction: 'inbound', dest_mac: '00:22:48:aa:bb:01' })
    expect(toCim(end)).toMatchObject({ bytes_in: 9002, bytes_out: 4001, bytes: 13_003, packets_in: 13, packets_out: 11 })
    expect(toCim({ ...end, dir: 'in' })).toMatchObject({ bytes_in: 4001, bytes_out: 9002 })
  })

  it('has the transport icmp, without ports', () => {
    expect(toCim(icmp)).toMatchObject({ protocol: 'icmp', transport: 'icmp', protocol_version: 'ipv6' })
    for (const port of ['src_port', 'dest_port', 'sport', 'dport']) expect(toCim(icmp)).not.toHaveProperty(port)
    expect(toCim({ ...icmp, dport: 8 })).toMatchObject({ dport: 8 })
  })

  it('wraps a row for the HTTP Event Collector', () => {
    expect(toHecEvent(begin)).toEqual({ time: Date.parse(begin.time) / 1000, sourcetype: 'flowlens:flow', event: toCim(begin) })
  })
})

describe('docs/hand-off.md', () => {
  it('declares the columns of rows for Sentinel, with the types of its table', () => {
    const text = readFileSync(join(import.meta.dirname, '../../../../docs/hand-off.md'), 'utf8')
    const rule = JSON.parse(/```json\n(.*?)```/s.exec(text)![1]!) as {
      properties: { streamDeclarations: Record<string, { columns: { name: string; type: string }[] }> }
    }
    const [stream] = Object.values(rule.properties.streamDeclarations)
    const declared = new Map(stream!.columns.map(({ name, type }) => [name, type]))
    const named = {
      'src.name': 'a.example',
      'dst.name': 'b.example',
      'src.country': 'NL',
      'dst.country': 'DE',
      'src.net': 'public',
      'dst.net': 'private',
    }
    const rows = [begin, denied, end, vnet, icmp].map((row) => toAsim({ ...row, ...named }))
    const written = new Set(rows.flatMap((row) => Object.keys(row)))
    expect([...declared.keys()].sort()).toEqual([...written].sort())
    for (const [name, type] of declared) expect(type, name).toBe(ASIM_COLUMNS.get(name))
  })
})

describe('context', () => {
  const told: ExportRow = {
    ...begin,
    'src.net': 'private',
    'src.name': 'web.shop.example',
    'src.vm': 'web-1',
    'src.subnet': 'shop/front',
    'src.vnet': 'shop',
    'src.tag': [],
    'src.list': [],
    'dst.net': 'public',
    'dst.country': 'NL',
    'dst.asn': 64_500,
    'dst.org': 'Far Hosting',
    'dst.tag': ['Storage.WestUS', 'AzureCloud'],
    'dst.list': ['bad hosts'],
  }

  it('is in the fields of ECS', () => {
    expect(toEcs(told)).toMatchObject({
      source: { domain: 'web.shop.example' },
      destination: { geo: { country_iso_code: 'NL' }, as: { number: 64_500, organization: { name: 'Far Hosting' } } },
      network: { name: 'shop/front' },
      related: { hosts: ['web.shop.example'] },
      cloud: { instance: { name: 'web-1' } },
      labels: { source_vnet: 'shop', destination_tag: ['Storage.WestUS', 'AzureCloud'], destination_list: ['bad hosts'] },
    })
  })

  it('is in the fields of ASIM', () => {
    expect(toAsim(told)).toMatchObject({
      SrcHostname: 'web',
      SrcDomain: 'shop.example',
      SrcDomainType: 'FQDN',
      SrcFQDN: 'web.shop.example',
      SrcZone: 'shop/front',
      DstGeoCountry: 'NL',
      DstZone: 'public',
      AdditionalFields: { SrcVm: 'web-1', DstAsn: 64_500, DstOrganization: 'Far Hosting', DstLists: ['bad hosts'] },
    })
    expect(toAsim({ ...told, 'src.name': 'web-1' })).toMatchObject({ SrcHostname: 'web-1' })
    expect(toAsim({ ...told, 'src.name': 'web-1' })).not.toHaveProperty('SrcFQDN')
  })

  it('is in the fields of CIM, and in fields named by its conventions', () => {
    expect(toCim(told)).toMatchObject({
      src_host: 'web.shop.example',
      src_zone: 'shop/front',
      dest_zone: 'public',
      dest_country: 'NL',
      dest_asn: 64_500,
      dest_list: ['bad hosts'],
    })
  })

  it('names nothing for an ambiguous end, but lists the candidates', () => {
    const unsure: ExportRow = {
      ...told,
      'src.name': 'ambiguous',
      'src.vm': 'ambiguous',
      'src.subnet': 'ambiguous',
      'src.among': ['a', 'b'],
    }
    for (const to of [toEcs, toAsim, toCim]) expect(JSON.stringify(to(unsure))).not.toContain('ambiguous')
    expect(toEcs(unsure)).toMatchObject({ labels: { source_among: ['a', 'b'] } })
    expect(toAsim(unsure)).toMatchObject({ SrcZone: 'private', AdditionalFields: { SrcAmong: ['a', 'b'] } })
    expect(toCim(unsure)).toMatchObject({ src_zone: 'private', src_among: ['a', 'b'] })
  })

  it('is missing unless requested', () => {
    expect(toCim(begin)).not.toHaveProperty('src_zone')
    expect(toEcs(begin)).not.toHaveProperty('related.hosts')
  })
})
