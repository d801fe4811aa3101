import type { Dice } from '@/lib/query/test/random'
import { counter, mac, port, protocol, recordTime, tupleTime, version } from './edges'

const KINDS = ['nsg-v1', 'nsg-v2', 'vnet'] as const
/** MAC of most records. */
export const MAC = '002248266DB9'

type Kind = (typeof KINDS)[number]

/** Probability of an odd number, in most records and in odd ones. */
const CALM = 0.02
const ODD = 0.25
/** Record time around which tuples are made if the record's own is invalid. */
const SOUND_TIME = '2024-08-12T16:00:06.8944384Z'
const ADDRESSES = [
  '10.0.0.4',
  '10.0.0.5',
  '203.0.113.77',
  '0.0.0.0',
  '255.255.255.255',
  '2001:db8::1',
  '::',
  'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
]

function tuple(dice: Dice, kind: Kind, near: number, oddity: number): string {
  const numbers = [port(dice, oddity), port(dice, oddity)]
  const head = [tupleTime(dice, near, oddity), dice.pick(ADDRESSES), dice.pick(ADDRESSES), ...numbers]
  const direction = dice.pick(['I', 'O'])
  if (kind === 'nsg-v1') return [...head, dice.pick(['T', 'U']), direction, dice.pick(['A', 'D'])].join()
  const state = dice.pick(['B', 'C', 'C', 'E', 'E', 'D'])
  const counters = [0, 1, 2, 3].map(() => counter(dice, oddity))
  if (kind === 'vnet') return [...head, protocol(dice, oddity), direction, state, dice.pick(['NX', 'X']), ...counters].join()
  return [...head, dice.pick(['T', 'U']), direction, dice.pick(['A', 'D']), state === 'D' ? 'B' : state, ...counters].join()
}

function record(dice: Dice, name: string, kind: Kind, oddity: number): string {
  const time = oddity === 0 ? SOUND_TIME : recordTime(dice, oddity)
  const ms = Date.parse(time)
  const near = Number.isNaN(ms) || Math.abs(ms) > 8e15 ? Date.parse(SOUND_TIME) : ms
  const tuples = Array.from({ length: dice.below(12) + 1 }, () => tuple(dice, kind, near, oddity))
  const macAddress = dice.chance(oddity) ? mac(dice) : MAC
  const written = dice.chance(oddity) ? version(dice) : kind === 'vnet' ? '4' : kind === 'nsg-v1' ? '1' : '2'
  const head = `"time":${JSON.stringify(time)},"macAddress":${JSON.stringify(macAddress)}`
  const rule = `UserRule_${dice.below(4)}`
  if (kind === 'vnet') {
    const id = `/SUBSCRIPTIONS/S/RESOURCEGROUPS/G/PROVIDERS/MICROSOFT.NETWORK/NETWORKWATCHERS/W/FLOWLOGS/${name}`
    const groups = JSON.stringify([{ aclID: '/acl/a', flowGroups: [{ rule, flowTuples: tuples }] }])
    return `{${head},"category":"FlowLogFlowEvent","flowLogResourceID":"${id}","flowLogVersion":${written},"flowRecords":{"flows":${groups}}}`
  }
  const id = `/SUBSCRIPTIONS/S/RESOURCEGROUPS/G/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/${name}`
  const flows = JSON.stringify([{ rule, flows: [{ mac: macAddress, flowTuples: tuples }] }])
  return `{${head},"category":"NetworkSecurityGroupFlowEvent","resourceId":"${id}","properties":{"Version":${written},"flows":${flows}}}`
}

/** Returns a flow log of one kind with numbers at every edge; its first record is valid, so that it names the log. */
export function numberLog(dice: Dice, name: string): string {
  const kind = dice.pick(KINDS)
  const oddities = [0, ...Array.from({ length: 1 + dice.below(6) }, () => (dice.chance(0.5) ? ODD : CALM))]
  return `{"records":[${oddities.map((oddity) => record(dice, name, kind, oddity)).join(',')}]}`
}
