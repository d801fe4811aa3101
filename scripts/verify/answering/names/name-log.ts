import type { Dice } from '@/lib/query/test/random'
import { LONGEST, oddNames } from './odd-names'

/** The kind of name that a log has many of. */
export type Kind = 'rule' | 'acl' | 'mac' | 'log' | 'proto' | 'state' | 'enc'

/** Maximum number of names in one file, usually and in a few files. */
const MOST = 5000
const MOST_SELDOM = 60_000
const SELDOM = 0.01
/** Names in tuples are within lines of at most 1 KiB, and end at a comma. */
const LONGEST_TOKEN = 600

export interface NameLog {
  kind: Kind
  text: string
  /** The distinct names in the spelling of answers; one tuple each. */
  names: string[]
}

const TIME = Date.parse('2024-08-12T16:00:30Z')
const NSG = '/SUBSCRIPTIONS/S/RESOURCEGROUPS/G/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS'
const FLOW_LOG = '/SUBSCRIPTIONS/S/RESOURCEGROUPS/G/PROVIDERS/MICROSOFT.NETWORK/NETWORKWATCHERS/W/FLOWLOGS'
const MAC = '002248266DB9'

interface NamePlace {
  /** Source address of every tuple, which distinguishes the file's rows from all others. */
  src: string
  /** Name of its flow log. */
  log: string
}

const nsgTuple = (src: string) => `${TIME / 1000},${src},10.0.0.2,1,443,T,I,A,E,1,2,3,4`
const vnetTuple = (src: string, { proto = '6', state = 'E', enc = 'NX' }: { proto?: string; state?: string; enc?: string }) =>
  `${TIME},${src},10.0.0.2,1,443,${proto},I,${state},${enc},1,2,3,4`

function nsgRecord(resource: string, rules: readonly string[], src: string): string {
  const flows = rules.map((rule) => ({ rule, flows: [{ mac: MAC, flowTuples: [nsgTuple(src)] }] }))
  return JSON.stringify({
    time: new Date(TIME).toISOString(),
    macAddress: MAC,
    category: 'NetworkSecurityGroupFlowEvent',
    resourceId: resource,
    properties: { Version: 2, flows },
  })
}

function vnetRecord(resource: string, mac: string, groups: readonly { acl: string; tuples: readonly string[] }[]): string {
  return JSON.stringify({
    time: new Date(TIME).toISOString(),
    macAddress: mac,
    category: 'FlowLogFlowEvent',
    flowLogResourceID: resource,
    flowLogVersion: 4,
    flowRecords: { flows: groups.map(({ acl, tuples }) => ({ aclID: acl, flowGroups: [{ rule: 'r', flowTuples: tuples }] })) },
  })
}

/** Returns the names that differ after folding, because an Azure id is the same in any case. */
function differing(names: readonly string[], fold: (name: string) => string): string[] {
  return [...new Map(names.map((name) => [fold(name), name])).values()]
}

/** Returns tokens that are valid in a tuple: without commas, and none of the known ones. */
function tokens(names: readonly string[], known: RegExp): string[] {
  const short = names.map((name) => name.replaceAll(',', ';').slice(0, LONGEST_TOKEN).toWellFormed())
  return [...new Set(short)].filter((name) => !known.test(name))
}

/** Names of one record; the parser refuses more than 32,768. */
const A_RECORD = 30_000

const blobOf = (records: readonly string[]) => `{"records":[${records.join(',')}]}`

/** Writes a blob of as many records as the names need. */
function blobOfAll<T>(all: readonly T[], record: (some: readonly T[]) => string): string {
  const count = Math.max(1, Math.ceil(all.length / A_RECORD))
  return blobOf(Array.from({ length: count }, (_, i) => record(all.slice(i * A_RECORD, (i + 1) * A_RECORD))))
}

const WRITERS: Readonly<Record<Kind, (names: readonly string[], place: NamePlace) => { text: string; names: string[] }>> = {
  rule: (names, { src, log }) => ({ text: blobOfAll(names, (some) => nsgRecord(`${NSG}/${log}`, some, src)), names: [...names] }),
  acl: (names, { src, log }) => {
    const acls = differing(names, (name) => name.toLowerCase())
    const groups = acls.map((acl) => ({ acl, tuples: [vnetTuple(src, {})] }))
    return { text: blobOfAll(groups, (some) => vnetRecord(`${FLOW_LOG}/${log}`, MAC, some)), names: acls }
  },
  mac: (names, { src, log }) => {
    const macs = names.map((_, i) => i.toString(16).toUpperCase().padStart(12, '0'))
    const records = macs.map((mac) =>
      vnetRecord(`${FLOW_LOG}/${log}`, mac.replace(/..(?=.)/g, '$&-'), [{ acl: 'a', tuples: [vnetTuple(src, {})] }]),
    )
    return { text: blobOf(records), names: macs }
  },
  log: (names, { src, log }) => {
    const written = (name: string) => JSON.stringify(`${NSG}/${name}`).slice(1, -1)
    const resources = differing(
      names.map((name) => `${log}-${name}`).filter((name) => Buffer.byteLength(written(name)) <= LONGEST),
      (name) => name.toUpperCase(),
    )
    return { text: blobOf(resources.map((name) => nsgRecord(`${NSG}/${name}`, ['r'], src))), names: resources }
  },
  proto: (names, { src, log }) => {
    const protos = tokens(names, /^\d+$/)
    const tuples = protos.map((proto) => vnetTuple(src, { proto }))
    return { text: blobOfAll(tuples, (some) => vnetRecord(`${FLOW_LOG}/${log}`, MAC, [{ acl: 'a', tuples: some }])), names: protos }
  },
  state: (names, { src, log }) => {
    const states = tokens(names, /^[BCED]$/)
    const tuples = states.map((state) => vnetTuple(src, { state }))
    return { text: blobOfAll(tuples, (some) => vnetRecord(`${FLOW_LOG}/${log}`, MAC, [{ acl: 'a', tuples: some }])), names: states }
  },
  enc: (names, { src, log }) => {
    const encs = tokens(names, /^$/)
    const tuples = encs.map((enc) => vnetTuple(src, { enc }))
    return { text: blobOfAll(tuples, (some) => vnetRecord(`${FLOW_LOG}/${log}`, MAC, [{ acl: 'a', tuples: some }])), names: encs }
  },
}

const KINDS = Object.keys(WRITERS) as Kind[]

/** A file with many different names of one kind. */
export function nameLog(dice: Dice, place: NamePlace): NameLog {
  const kind = dice.pick(KINDS)
  const most = dice.chance(SELDOM) ? MOST_SELDOM : MOST
  const count = 1 + Math.floor(most ** dice.next())
  return { kind, ...WRITERS[kind](oddNames(dice, count), place) }
}
