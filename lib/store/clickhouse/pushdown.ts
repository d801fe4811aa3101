import { DAY, floorTo } from '@/lib/flow/time/bucket'
import { FLUSH_LAG } from '@/lib/flow/view/view'

/** The needed content of a flow log's blob, in both formats; everything else is skipped. */
const STRUCTURE = `records Array(Tuple(
  time String, macAddress String, category String, resourceId String,
  properties Tuple(Version Float64, flows Array(Tuple(rule String, flows Array(Tuple(mac String, flowTuples Array(String)))))),
  flowRecords Tuple(flows Array(Tuple(aclID String, flowGroups Array(Tuple(rule String, flowTuples Array(String))))))))`.replace(
  /\s+/g,
  ' ',
)

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

/** Returns the blobs of the days that can hold tuples of [from, to), as a glob in Azure's tree. */
function blobs(from: number, to: number): string {
  const days: string[] = []
  for (let day = floorTo(from, DAY); day < to + FLUSH_LAG; day += DAY) {
    const [y, m, d] = new Date(day).toISOString().slice(0, 10).split('-')
    days.push(`y=${y}/m=${m}/d=${d}`)
  }
  return `**/${days.length === 1 ? days[0] : `{${days.join(',')}}`}/**/PT1H.json`
}

/** Reads a folder that has the tree of a container. */
export function fromFolder(folder: string, from: number, to: number): string {
  return `file(${quote(`${folder}/${blobs(from, to)}`)}, 'JSONEachRow', ${quote(STRUCTURE)})`
}

/**
 * Reads a container by all servers of a cluster (https://clickhouse.com/docs/sql-reference/table-functions/azureBlobStorageCluster). Account and credentials
 * are in a named collection on the servers, so that no statement contains a secret.
 */
export function fromContainer(place: { cluster: string; collection: string; container: string }, from: number, to: number): string {
  const { cluster, collection, container } = place
  return `azureBlobStorageCluster(${quote(cluster)}, ${collection}, container = ${quote(container)}, blob_path = ${quote(blobs(from, to))},
  format = 'JSONEachRow', structure = ${quote(STRUCTURE)})`
}

const FORMAT = `multiIf(category = 'FlowLogFlowEvent', 'vnet-v4', version >= 2, 'nsg-v2', 'nsg-v1')`
const address = (cell: number) => `reinterpretAsUInt128(reverse(IPv6StringToNumOrNull(cells[${cell}])))`
const counter = (cell: number, name: string) => `if(idle, null, toInt64OrNull(cells[${cell}])) as ${name}`

/**
 * Returns a statement for tuples [from, to) (epoch milliseconds) directly from blobs, for hours that have not been loaded. Its columns are those of `tuples`
 * and `groups` that the text itself contains. It reads everything each time, does not count what it cannot read, and knows no byte positions.
 */
export function pushdown(source: string, from: number, to: number): string {
  return `select time, record_time, src, dst, sport, dport, proto, dir, action, state, packets_sent, bytes_sent, packets_received, bytes_received,
  rule, acl, mac, format
from (
  select *, ${FORMAT} as format, format = 'vnet-v4' as vnet, splitByChar(',', line) as cells, toInt64OrNull(cells[1]) as stamp,
    if(stamp < 100000000000, stamp * 1000, stamp) as time, ${address(2)} as src, ${address(3)} as dst,
    toUInt16OrNull(cells[4]) as sport, toUInt16OrNull(cells[5]) as dport,
    toUInt16(ifNull(if(vnet, toUInt8OrNull(cells[6]), transform(cells[6], ['T', 'U'], [6, 17], null)), 256)) as proto, transform(cells[7], ['I', 'O'], [0, 1], null) as dir,
    if(vnet, if(cells[8] = 'D', 1, 0), transform(cells[8], ['A', 'D'], [0, 1], null)) as action,
    multiIf(format = 'nsg-v1', 0, transform(if(vnet, cells[8], cells[9]), ['B', 'C', 'E', 'D'], [1, 2, 3, 4], 5)) as state,
    vnet and state in (1, 4) and arraySlice(cells, 10, 4) = ['0', '0', '0', '0'] as idle,
    ${counter(10, 'packets_sent')}, ${counter(11, 'bytes_sent')}, ${counter(12, 'packets_received')}, ${counter(13, 'bytes_received')}
  from (
    select record_time, category, version, part.1 as rule, part.2 as acl, upper(part.3) as mac, arrayJoin(part.4) as line from (
      select toUnixTimestamp64Milli(parseDateTime64BestEffort(r.time, 3, 'UTC')) as record_time, r.category as category, r.properties.Version as version,
        arrayJoin(if(r.category = 'FlowLogFlowEvent',
          arrayFlatten(arrayMap(f -> arrayMap(g -> (g.rule, f.aclID, r.macAddress, g.flowTuples), f.flowGroups), r.flowRecords.flows)),
          arrayFlatten(arrayMap(f -> arrayMap(g -> (f.rule, r.resourceId, if(g.mac = '', r.macAddress, g.mac), g.flowTuples), f.flows), r.properties.flows))
        )) as part
      from (select arrayJoin(records) as r from ${source})
    )
  )
)
where time >= ${from} and time < ${to} and src is not null and dst is not null and sport is not null and dport is not null
  and dir is not null and action is not null
settings use_hive_partitioning = 0, input_format_skip_unknown_fields = 1`
}
