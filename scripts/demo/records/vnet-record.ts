import type { DemoNic } from '../traffic/network'
import { type Groups, pack } from './pack'
import type { WireTuple } from './wire'

export const PLATFORM_RULE = 'PlatformRule'
const NO_ACL = '00000000-0000-0000-0000-000000000000'
/** VNet flow logs count the encapsulation of each packet. */
const ENCAPSULATION = 50

function tuple(row: WireTuple): string {
  const { counters: c, flow } = row
  const { src, dst, sport, dport, proto } = flow.ends
  const counted = c
    ? `${c.packetsSent},${c.bytesSent + c.packetsSent * ENCAPSULATION},${c.packetsReceived},${c.bytesReceived + c.packetsReceived * ENCAPSULATION}`
    : '0,0,0,0'
  return `${Math.floor(row.time)},${src},${dst},${sport},${dport},${proto},${flow.dir},${row.state},${flow.encrypted ? 'X' : 'NX'},${counted}`
}

/** Each entry of `flows` has one ACL and one direction. */
function entries(nic: DemoNic, groups: Groups): string {
  const flows = new Map<string, string[]>()
  for (const [key, tuples] of groups) {
    const [dir, rule] = key.split(' ') as [string, string]
    const acl = rule === PLATFORM_RULE ? NO_ACL : nic.nsg
    const entry = flows.get(`${dir} ${acl}`) ?? []
    entry.push(`{"rule":"${rule}","flowTuples":[${tuples.join(',')}]}`)
    flows.set(`${dir} ${acl}`, entry)
  }
  return [...flows].map(([key, rules]) => `{"aclID":"${key.slice(2)}","flowGroups":[${rules.join(',')}]}`).join(',')
}

/**
 * VNet flow log records (version 4) of one flush, as https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview describes them.
 * `stamp` is the record's time as written.
 */
export function vnetRecords(nic: DemoNic, stamp: string, rows: readonly WireTuple[]): string[] {
  const { log } = nic
  if (log.kind !== 'vnet') throw new TypeError(`${nic.name} has no VNet flow log`)
  const head = `{"time":"${stamp}","flowLogGUID":"${log.flowLogGUID}","macAddress":"${nic.mac}","category":"FlowLogFlowEvent","flowLogResourceID":"${log.flowLogResourceID}","targetResourceID":"${log.targetResourceID}","flowLogVersion":4,"operationName":"FlowLogFlowEvent","flowRecords":{"flows":[`
  const tail = ']}}'
  const around = `{"aclID":"${nic.nsg}","flowGroups":[{"rule":"","flowTuples":[]}]},`.length
  const records = pack(rows, {
    around: head.length + tail.length,
    key: (row) => `${row.flow.dir} ${row.flow.rule}`,
    group: (key) => around + key.length,
    tuple,
  })
  return records.map((groups) => head + entries(nic, groups) + tail)
}
