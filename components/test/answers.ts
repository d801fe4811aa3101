import type { Coverage, ResolvedView } from '@/lib/flow/answer/answer'
import type { RulesAnswer } from '@/lib/flow/answer/traffic/rules'
import type { ScansAnswer } from '@/lib/flow/answer/traffic/scans'
import type { TalkersAnswer } from '@/lib/flow/answer/traffic/talkers'

/** The range that the server resolves for every question of a test. */
export const VIEW: ResolvedView = { from: '2026-08-12T14:37:00Z', to: '2026-08-13T14:37:00Z', q: '', logs: [], asof: null, once: false }

/** Everything was read, and there is traffic. */
export const WHOLE: Coverage = {
  complete: true,
  blobs: 40,
  blobsRead: 40,
  bytes: 4_000_000,
  bytesRead: 4_000_000,
  tuples: 100_000,
  malformed: 0,
  problems: [],
}

export const BASIS = { view: VIEW, coverage: WHOLE }

type Of<T extends { rows: readonly unknown[] }> = T['rows'][number]

export function ruleRow(rule: Partial<Of<RulesAnswer>> = {}): Of<RulesAnswer> {
  return {
    rule: 'UserRule_AllowWeb',
    acl: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/web-nsg',
    log: 'nsg-1',
    kind: 'user',
    dir: 'in',
    tuples: 1200,
    flows: 400,
    allow: 1200,
    deny: 0,
    bytes: 5000,
    packets: 50,
    sources: 12,
    destinations: 3,
    ports: 2,
    publicSources: 5,
    publicDestinations: 0,
    sourceCover: ['0.0.0.0/1'],
    destinationCover: ['10.0.0.0/24'],
    first: '2026-08-12T15:00:00Z',
    last: '2026-08-13T14:00:00Z',
    ...rule,
  }
}

export function scanRow(scan: Partial<Of<ScansAnswer>> = {}): Of<ScansAnswer> {
  return {
    source: '203.0.113.7',
    kind: 'horizontal',
    attempts: 3400,
    targets: 58,
    ports: 4,
    topPorts: [
      { dport: 3389, proto: 'tcp', attempts: 3000 },
      { dport: 22, proto: 'tcp', attempts: 300 },
      { dport: 50_123, proto: 'tcp', attempts: 99 },
    ],
    perMinute: 2.5,
    first: '2026-08-12T15:00:00Z',
    last: '2026-08-13T14:00:00Z',
    allowed: null,
    ...scan,
  }
}

export function talkerRow(talker: Partial<Of<TalkersAnswer>> = {}): Of<TalkersAnswer> {
  return {
    key: '10.0.4.5',
    tuples: 900,
    flows: 300,
    allow: 675,
    deny: 225,
    bytes: 3_145_728,
    packets: 2000,
    bytesSent: 1_048_576,
    bytesReceived: 2_097_152,
    peers: 17,
    ports: 3,
    first: '2026-08-12T15:00:00Z',
    last: '2026-08-13T14:00:00Z',
    ...talker,
  }
}
