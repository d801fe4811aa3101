import { z } from 'zod'
import { RULE_KINDS } from './rule-kind'
import { SCAN_KINDS } from './scan'
import { FORMATS } from './tuple'
import { verdictSchema } from './verdict'

/** Shapes of the API's answers. The server checks what it sends against them, the pages take their types from them. */

export const instant = z.iso.datetime()
export const count = z.number().int().nonnegative()

export const viewSchema = z.object({
  from: instant,
  to: instant,
  q: z.string(),
  logs: z.array(z.string()),
  asof: instant.nullable(),
  once: z.boolean(),
})

export const coverageProblemSchema = z.object({
  /**
   * `rights` blobs that the asker may not read (`count` of them; 0 where a place may not even be listed), `source` a place did not answer, `blob` one blob
   * did not, `record` or `tuple` content was refused, `warning` kept but odd.
   */
  kind: z.enum(['rights', 'source', 'blob', 'record', 'tuple', 'warning']),
  message: z.string(),
  source: z.string().nullable(),
  blob: z.string().nullable(),
  reason: z.string(),
  count,
  /** Byte offset of the first case, when there is one. */
  offset: z.number().int().nullable(),
  sample: z.string().nullable(),
})

export const coverageSchema = z.object({
  complete: z.boolean(),
  blobs: count,
  blobsRead: count,
  bytes: count,
  bytesRead: count,
  /** Tuples stored from these blobs, before range and filter. */
  tuples: count,
  /** Tuples and records refused in these blobs. */
  malformed: count,
  problems: z.array(coverageProblemSchema),
})

export const basis = { view: viewSchema, coverage: coverageSchema }

export const logSchema = z.object({
  id: z.string(),
  format: z.enum(['nsg', 'vnet']),
  name: z.string(),
  subscription: z.string().nullable(),
  resourceGroup: z.string().nullable(),
  source: z.string(),
  macs: z.array(z.string()),
  first: instant.nullable(),
  last: instant.nullable(),
})

const sourceSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['folder', 'azure']),
  /** What is wrong with it, or null. */
  problem: z.string().nullable(),
  /** When the signature ends that it is read by, where that is known. */
  expires: instant.nullable(),
})

export const logsAnswer = z.object({ logs: z.array(logSchema), sources: z.array(sourceSchema), problems: z.array(coverageProblemSchema) })

/** What reading a range takes: all that it needs, and what of it is here. Exact, but for heads that have no blocks (see lib/ingest/plan.ts). */
export const planSchema = z.object({
  blobs: count,
  bytes: count,
  cachedBlobs: count,
  cachedBytes: count,
  /** Milliseconds that reading the rest will probably take, by what this machine has loaded before. */
  estimateMs: count,
  /** Bytes: the page asks before it reads more than this. */
  askAbove: count,
})

export const planAnswer = planSchema.extend(basis)

const sideSchema = z.object({ tuples: count, flows: count, bytes: count, packets: count })

export const timelineAnswer = z.object({
  ...basis,
  bucketMs: count,
  buckets: z.array(
    z.object({
      t: z.number().int(),
      allow: sideSchema,
      deny: sideSchema,
      /** What of `deny` was inbound and came from a scanner (`scanner:any`), where it was asked for. */
      noise: sideSchema.optional(),
    }),
  ),
})

/** Tuples in every bucket of the range, the first at the multiple of `bucketMs` at or before its beginning. */
export const sparkSchema = z.object({ allow: z.array(count), deny: z.array(count) })

const talkerSums = {
  tuples: count,
  flows: count,
  allow: count,
  deny: count,
  bytes: count,
  packets: count,
  bytesSent: count,
  bytesReceived: count,
}

export const talkersAnswer = z.object({
  ...basis,
  by: z.string(),
  metric: z.string(),
  /** Width of the buckets of `spark`, where it was asked for. */
  bucketMs: count.optional(),
  /** Distinct keys in the view. */
  total: count,
  rows: z.array(
    z.object({
      /** One text, or two for a pair. */
      key: z.union([z.string(), z.array(z.string())]),
      ...talkerSums,
      /** Distinct addresses at the other end; distinct source–destination pairs where the key names no single end. */
      peers: count,
      /** Distinct destination ports. */
      ports: count,
      first: instant,
      last: instant,
      spark: sparkSchema.optional(),
    }),
  ),
  /** Everything that the rows above do not show. */
  other: z.object(talkerSums),
})

export const valuesAnswer = z.object({
  ...basis,
  field: z.string(),
  /** Distinct values that begin as asked. */
  total: count,
  rows: z.array(z.object({ value: z.string(), tuples: count })),
})

export const rulesAnswer = z.object({
  ...basis,
  /** Width of the buckets of `spark`, where it was asked for. */
  bucketMs: count.optional(),
  rows: z.array(
    z.object({
      rule: z.string(),
      acl: z.string(),
      /** Id of the flow log, where rows were asked for per log. */
      log: z.string().optional(),
      kind: z.enum(RULE_KINDS),
      dir: z.enum(['in', 'out']),
      tuples: count,
      flows: count,
      allow: count,
      deny: count,
      bytes: count,
      packets: count,
      sources: count,
      destinations: count,
      ports: count,
      first: instant,
      last: instant,
      spark: sparkSchema.optional(),
    }),
  ),
})

const counter = count.nullable()

export const tupleSchema = z.object({
  id: z.string(),
  time: instant,
  recordTime: instant,
  src: z.string(),
  dst: z.string(),
  sport: count,
  dport: count,
  proto: z.string(),
  dir: z.enum(['in', 'out']),
  action: z.enum(['allow', 'deny']),
  state: z.string().nullable(),
  enc: z.string().nullable(),
  packetsSent: counter,
  bytesSent: counter,
  packetsReceived: counter,
  bytesReceived: counter,
  rule: z.string(),
  acl: z.string(),
  mac: z.string(),
  log: z.string(),
  format: z.enum(FORMATS),
})

export const tuplesAnswer = z.object({ ...basis, total: count, rows: z.array(tupleSchema), next: z.string().nullable() })

/** The rows of the flow that a tuple belongs to, in their order. */
export const flowAnswer = z.object({ ...basis, total: count, rows: z.array(tupleSchema) })

/** Other tuples of the same network card within a minute of one. */
export const neighboursAnswer = z.object({ ...basis, total: count, rows: z.array(tupleSchema) })

export const rawAnswer = z.object({
  id: z.string(),
  /** What stands at the tuple's byte now, or null when no text does. */
  line: z.string().nullable(),
  source: z.string(),
  container: z.string(),
  blob: z.string(),
  etag: z.string(),
  /** The blob's version now; null when the blob is gone. */
  etagNow: z.string().nullable(),
  /** Byte offset and length of the line inside the blob. */
  offset: count,
  length: count,
  /** The record around it: where it lies, and its text (null when longer than 256 KiB, or not there any more). */
  record: z.object({ offset: count, length: count, text: z.string().nullable() }),
  /** The tuple as it was counted. */
  row: tupleSchema,
  verdict: verdictSchema,
})

export const scansAnswer = z.object({
  ...basis,
  group: z.string(),
  total: count,
  rows: z.array(
    z.object({
      source: z.string(),
      kind: z.enum(SCAN_KINDS),
      attempts: count,
      targets: count,
      ports: count,
      topPorts: z.array(z.object({ dport: count, proto: z.string(), attempts: count })),
      perMinute: z.number(),
      first: instant,
      last: instant,
      /** What the same source was let in to do in the range, or null. */
      allowed: z.object({ tuples: count, first: instant, rule: z.string(), dport: count }).nullable(),
    }),
  ),
})

const seen = { first: instant, last: instant }
/** Bytes as the address itself sent and received them, whichever end of the tuple it is. */
const traffic = { tuples: count, flows: count, bytesSent: count, bytesReceived: count }
const endSchema = z.enum(['src', 'dst'])
/** The first of some tuples. */
const momentSchema = z.object({ tuples: count, first: instant, rule: z.string(), acl: z.string(), dst: z.string(), dport: count })

export const hostAnswer = z.object({
  ...basis,
  /** Canonical text. */
  ip: z.string(),
  /** Tuples with the address at either end, each counted once; instants are null where there is none. */
  total: z.object({ ...traffic, allow: count, deny: count, first: instant.nullable(), last: instant.nullable() }),
  /** The same by the end that the address was and the direction as the card saw it. */
  directions: z.array(z.object({ end: endSchema, dir: z.enum(['in', 'out']), ...traffic, allow: count, deny: count, ...seen })),
  /** The same by end and action: what the address serves, uses, was kept out of and kept out. */
  roles: z.array(
    z.object({
      end: endSchema,
      action: z.enum(['allow', 'deny']),
      ...traffic,
      ...seen,
      /** Allowed ones by bytes, denied ones by tuples; `total` is how many there are. */
      ports: z.object({ total: count, rows: z.array(z.object({ dport: count, proto: z.string(), ...traffic, peers: count, ...seen })) }),
      peers: z.object({ total: count, rows: z.array(z.object({ ip: z.string(), ...traffic, ports: count, ...seen })) }),
    }),
  ),
  /** What it was about where it was denied inbound as the source, or null where it was not. */
  scan: z.object({ kind: z.enum(SCAN_KINDS), attempts: count, targets: count, ports: count, ...seen }).nullable(),
  /** Sources that were denied inbound and let in later, this address as the source or as the target; the newest first. */
  letIn: z.object({
    total: count,
    rows: z.array(z.object({ end: endSchema, source: z.string(), denied: momentSchema, allowed: momentSchema })),
  }),
  rules: z.array(
    z.object({
      end: endSchema,
      dir: z.enum(['in', 'out']),
      rule: z.string(),
      acl: z.string(),
      tuples: count,
      allow: count,
      deny: count,
      peers: count,
      ports: count,
      ...seen,
    }),
  ),
  /** Network cards that logged it; `own` counts the tuples that such a card sent or received as this address. */
  cards: z.array(z.object({ log: z.string(), mac: z.string(), format: z.enum(FORMATS), tuples: count, own: count, ...seen })),
})

export const healthAnswer = z.object({
  status: z.enum(['ok', 'degraded', 'unconfigured']),
  version: z.string(),
  engine: z.object({ name: z.string(), version: z.string() }),
  sources: z.array(sourceSchema),
  newest: instant.nullable(),
})

/** What `/api/load` sends while a range is being read; rates are over the last few seconds. */
export const progressSchema = z.object({
  blobs: count,
  blobsRead: count,
  bytes: count,
  bytesRead: count,
  tuples: count,
  malformed: count,
  /** Milliseconds still to go at the present pace, or null while unknown. */
  left: z.number().nullable(),
  done: z.boolean(),
})

export const errorAnswer = z.object({
  error: z.object({
    kind: z.string(),
    message: z.string(),
    key: z.string().nullable(),
    at: z.number().nullable(),
    requestId: z.string(),
  }),
})

export type ResolvedView = z.infer<typeof viewSchema>
export type Coverage = z.infer<typeof coverageSchema>
export type CoverageProblem = z.infer<typeof coverageProblemSchema>
export type Log = z.infer<typeof logSchema>
export type LogsAnswer = z.infer<typeof logsAnswer>
export type Plan = z.infer<typeof planSchema>
export type PlanAnswer = z.infer<typeof planAnswer>
export type TimelineAnswer = z.infer<typeof timelineAnswer>
export type TalkersAnswer = z.infer<typeof talkersAnswer>
export type ValuesAnswer = z.infer<typeof valuesAnswer>
export type RulesAnswer = z.infer<typeof rulesAnswer>
export type TupleRow = z.infer<typeof tupleSchema>
export type TuplesAnswer = z.infer<typeof tuplesAnswer>
export type FlowAnswer = z.infer<typeof flowAnswer>
export type NeighboursAnswer = z.infer<typeof neighboursAnswer>
export type RawAnswer = z.infer<typeof rawAnswer>
export type ScansAnswer = z.infer<typeof scansAnswer>
export type HostAnswer = z.infer<typeof hostAnswer>
export type HealthAnswer = z.infer<typeof healthAnswer>
export type Progress = z.infer<typeof progressSchema>
export type ErrorAnswer = z.infer<typeof errorAnswer>
