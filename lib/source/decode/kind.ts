import type { Grade } from '@/lib/flow/reading/passed'

/** The kind of an object that holds no flow log. */
export interface Other {
  /** For people, such as `PNG image`. */
  what: string
  /** The alternative to read, or why the object cannot be read; null if obvious. */
  why: string | null
  grade: Grade
}

/** Plain bytes to examine. */
export const LOOK_BYTES = 64 * 1024

const FLOW = /NetworkSecurityGroupFlowEvent|FlowLogFlowEvent|flowTuples|flowRecords/i

/**
 * Columns and tables of Traffic Analytics
 * (learn.microsoft.com/azure/network-watcher/traffic-analytics-schema, learn.microsoft.com/azure/azure-monitor/reference/tables/ntanetanalytics).
 */
const TABLES = /\b(AzureNetworkAnalytics_CL|NTANetAnalytics|NTAIpDetails|NTATopologyDetails|AzureNetworkAnalyticsIPDetails_CL)\b/i
const SIGNS = [
  /\bFASchemaVersion(_s)?\b/i,
  /\bFlowIntervalStartTime(_t)?\b/i,
  /\bFlowStartTime(_t)?\b/i,
  /\bSubType_s\b/i,
  /\bFlowType(_s)?\b/i,
]
const COLUMNS = /\b(SrcIP(_s)?|DestIP(_s)?|L4Protocol(_s)?|FlowDirection(_s)?|FlowStatus(_s)?|NSGRules?_s|AclRule|BytesSrcToDest)\b/gi

const TRAFFIC_ANALYTICS: Other = {
  what: 'Traffic Analytics export',
  why: 'it holds aggregated flows, not the log itself; read the flow log blobs in insights-logs-flowlogflowevent or insights-logs-networksecuritygroupflowevent instead',
  grade: 'missing',
}

const MAGIC: readonly (readonly [string, number, string, Grade])[] = [
  ['Obj\x01', 0, 'Avro file', 'missing'],
  ['PAR1', 0, 'Parquet file', 'missing'],
  ['\x89PNG', 0, 'PNG image', 'named'],
  ['\xff\xd8\xff', 0, 'JPEG image', 'named'],
  ['GIF8', 0, 'GIF image', 'named'],
  ['BM', 0, 'BMP image', 'named'],
  ['%PDF', 0, 'PDF document', 'named'],
  ['7z\xbc\xaf\x27\x1c', 0, '7-Zip archive', 'missing'],
  ['Rar!', 0, 'RAR archive', 'missing'],
  ['\xfd7zXZ', 0, 'xz stream', 'missing'],
  ['BZh', 0, 'bzip2 stream', 'missing'],
  ['\x28\xb5\x2f\xfd', 0, 'Zstandard stream', 'missing'],
  ['\x04\x22\x4d\x18', 0, 'LZ4 stream', 'missing'],
  ['SQLite format 3', 0, 'SQLite database', 'named'],
  ['\xd4\xc3\xb2\xa1', 0, 'packet capture', 'named'],
  ['\xa1\xb2\xc3\xd4', 0, 'packet capture', 'named'],
  ['\x0a\x0d\x0d\x0a', 0, 'packet capture', 'named'],
  ['ElfFile\0', 0, 'Windows event log', 'named'],
  ['\x7fELF', 0, 'program', 'named'],
  ['MZ', 0, 'program', 'named'],
  ['ftyp', 4, 'video', 'named'],
]

/** Advice for packed evidence. */
const UNPACK = 'unpack it, and name what it holds'

/** Returns what an object holds by its first plain bytes. Null for objects that the parser must judge: flow logs, and JSON of no other known kind. */
export function otherThanFlows(head: Uint8Array, name: string): Other | null {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1')
  if (FLOW.test(text)) return null
  const magic = isBinary(head) || text.startsWith('%PDF') ? MAGIC.find(([bytes, at]) => text.startsWith(bytes, at)) : undefined
  if (magic !== undefined) return ofMagic(magic)
  if (isTrafficAnalytics(text)) return TRAFFIC_ANALYTICS
  const first = /^(?:\xef\xbb\xbf)?[\s,]*(.?)/s.exec(text)?.[1] ?? ''
  const isJson = first === '{' || first === '['
  const category = isJson ? /"category"\s*:\s*(?:\{\s*"value"\s*:\s*)?"([^"\\]{1,80})"/i.exec(text)?.[1] : undefined
  if (category !== undefined) return { what: `Azure log of category ${category}`, why: null, grade: 'named' }
  if (isJson && /"operationName"\s*:/i.test(text) && /"(eventDataId|correlationId|caller)"\s*:/i.test(text))
    return { what: 'Azure activity log', why: null, grade: 'named' }
  const extension = extensionOf(name)
  if (/^(json|jsonl|ndjson)$/.test(extension) && (isJson || first === '')) return null
  if (first === '') return { what: 'empty file', why: null, grade: 'calm' }
  if (isBinary(head))
    return {
      what: 'binary file',
      why: 'nothing in it tells a format that is known',
      grade: /^(json|jsonl|ndjson)$/.test(extension) ? 'missing' : 'named',
    }
  if (/^(json|jsonl|ndjson)$/.test(extension)) return null
  if (isJson) return { what: 'JSON without flow records', why: null, grade: 'named' }
  if (extension === 'csv' || extension === 'tsv') return { what: 'table without flow records', why: null, grade: 'named' }
  return { what: 'text without flow records', why: null, grade: 'calm' }
}

function ofMagic([, , what, grade]: (typeof MAGIC)[number]): Other {
  return { what, why: grade === 'missing' ? UNPACK : null, grade }
}

/** True if the text has a table's name, or columns that occur together only in Traffic Analytics. */
function isTrafficAnalytics(text: string): boolean {
  if (TABLES.test(text)) return true
  const signs = SIGNS.filter((sign) => sign.test(text)).length
  const columns = new Set([...text.matchAll(COLUMNS)].map(([column]) => column.toLowerCase())).size
  return (signs >= 1 && columns >= 3) || signs >= 3
}

function isBinary(head: Uint8Array): boolean {
  return head.subarray(0, 4096).some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27))
}

/** Returns the extension in lower case; empty for a name without a dot. */
export function extensionOf(name: string): string {
  return /\.([^./]{1,12})$/.exec(name)?.[1]?.toLowerCase() ?? ''
}
