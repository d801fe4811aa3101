import { z } from 'zod'
import { basis, count, instant } from '@/lib/flow/answer/answer'
import { SCAN_KINDS } from '@/lib/flow/field/scan'
import { FORMATS } from '@/lib/flow/tuple/tuple'

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
  /** Tuples with the address at either end, each counted once; instants are null when there are none. */
  total: z.object({ ...traffic, allow: count, deny: count, first: instant.nullable(), last: instant.nullable() }),
  /** The same by the address's end and the direction as seen by the NIC. */
  directions: z.array(z.object({ end: endSchema, dir: z.enum(['in', 'out']), ...traffic, allow: count, deny: count, ...seen })),
  /** The same by end and action: inbound allowed, outbound allowed, and denied at either end. */
  roles: z.array(
    z.object({
      end: endSchema,
      action: z.enum(['allow', 'deny']),
      ...traffic,
      ...seen,
      /** Allowed ones by bytes, denied ones by tuples; `total` is their number. */
      ports: z.object({ total: count, rows: z.array(z.object({ dport: count, proto: z.string(), ...traffic, peers: count, ...seen })) }),
      peers: z.object({ total: count, rows: z.array(z.object({ ip: z.string(), ...traffic, ports: count, ...seen })) }),
    }),
  ),
  /** Classification of the address as a source of denied inbound traffic, or null when there was none. */
  scan: z.object({ kind: z.enum(SCAN_KINDS), attempts: count, targets: count, ports: count, ...seen }).nullable(),
  /** Sources that were denied inbound and allowed later, with this address as the source or the target; the newest first. */
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
  /** NICs that logged the address; `own` counts the tuples in which the address is that NIC's own. */
  cards: z.array(z.object({ log: z.string(), mac: z.string(), format: z.enum(FORMATS), tuples: count, own: count, ...seen })),
})

export type HostAnswer = z.infer<typeof hostAnswer>
