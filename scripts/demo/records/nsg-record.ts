import type { DemoNic } from '../traffic/network'
import { pack } from './pack'
import type { WireTuple } from './wire'

function tuple(row: WireTuple, version: 1 | 2): string {
  const { counters: c, flow } = row
  const { src, dst, sport, dport, proto } = flow.ends
  const decided = `${Math.floor(row.time / 1000)},${src},${dst},${sport},${dport},${proto === 6 ? 'T' : 'U'},${flow.dir},${row.state === 'D' ? 'D' : 'A'}`
  if (version === 1) return decided
  const counted = c ? `${c.packetsSent},${c.bytesSent},${c.packetsReceived},${c.bytesReceived}` : ',,,'
  return `${decided},${row.state === 'D' ? 'B' : row.state},${counted}`
}

/**
 * NSG flow log records of one flush, version 1 or 2, as https://learn.microsoft.com/azure/network-watcher/nsg-flow-logs-overview describes them.
 * `stamp` is the record's time as written.
 */
export function nsgRecords(nic: DemoNic, stamp: string, rows: readonly WireTuple[]): string[] {
  const { log } = nic
  if (log.kind !== 'nsg') throw new TypeError(`${nic.name} has no NSG flow log`)
  const head = `{"time":"${stamp}","systemId":"${log.systemId}","macAddress":"${nic.mac}","category":"NetworkSecurityGroupFlowEvent","resourceId":"${log.resourceId}","operationName":"NetworkSecurityGroupFlowEvents","properties":{"Version":${log.version},"flows":[`
  const tail = ']}}'
  const group = (rule: string, tuples: string) => `{"rule":"${rule}","flows":[{"mac":"${nic.mac}","flowTuples":[${tuples}]}]}`
  const records = pack(rows, {
    around: head.length + tail.length,
    key: (row) => row.flow.rule,
    group: (rule) => group(rule, '').length + 1,
    tuple: (row) => tuple(row, log.version),
  })
  return records.map((groups) => `${head}${[...groups].map(([rule, tuples]) => group(rule, tuples.join(','))).join(',')}${tail}`)
}
