import { FINDING_KINDS, type FindingKind } from './kinds'

/** A number that the rule of a finding depends on. */
export interface Parameter {
  about: string
  initial: number
  least: number
  most: number
  unit?: 'bytes' | 'minutes' | 'hours' | 'seconds' | 'percent'
}

export interface KindFacts {
  label: string
  /** The rule in one sentence. */
  rule: string
  parameters: Readonly<Record<string, Parameter>>
  /** Cases that the rule does not see. */
  blind: string
  /** Origin of the rule or its numbers. */
  source: string
}

const COUNT = { least: 1, most: 1_000_000 }

/** All kinds of findings. Queries, links, the page and the documents derive from this list. */
export const KINDS = {
  'let-in': {
    label: 'Denied, then let in',
    rule: 'A source was denied at a destination and port at least so often, and was then allowed to the same destination and port.',
    parameters: { denied: { ...COUNT, about: 'denied tuples before the first allowed one', initial: 3 } },
    blind: 'A source that changes its address, or was denied before the range only.',
    source:
      'A flow’s change of verdict, as the page of verdict changes has it; the count is more than one refused connection’s retries at one NIC.',
  },
  exposed: {
    label: 'Exposed port',
    rule: 'Public addresses were allowed in to a port of administration or of a database.',
    parameters: { sources: { ...COUNT, about: 'different public sources', initial: 1 } },
    blind: 'Services that listen on another port, and ports that are open but that nobody called.',
    source: 'Tailpipe’s detections for Azure flow logs: SSH, RDP and database ports reached from outside.',
  },
  beacon: {
    label: 'Regular calls',
    rule: 'One inside address called one public address and port again and again at nearly the same interval, and few others call it.',
    parameters: {
      calls: { ...COUNT, least: 4, about: 'calls', initial: 12 },
      regular: {
        least: 50,
        most: 100,
        about: 'regularity of the gaps: mean of their symmetry and their narrowness',
        initial: 80,
        unit: 'percent',
      },
      apart: { least: 1, most: 3600, about: 'connections less than this apart are one call', initial: 10, unit: 'seconds' },
      callers: { ...COUNT, about: 'inside addresses that call the same address and port at most', initial: 3 },
    },
    blind: 'Calls less often than the range shows, at random intervals, over long connections, over DNS or NTP, or to ever new addresses.',
    source: 'The timing score of RITA v5 (symmetry and median deviation of the gaps), over Begin and denied rows only.',
  },
  exfiltration: {
    label: 'Much sent out',
    rule: 'An inside address sent much to one public address and port, more than it did at any time in the baseline.',
    parameters: {
      bytes: { least: 1, most: 1_000_000_000_000, about: 'bytes sent', initial: 500_000_000, unit: 'bytes' },
      pair: {
        least: 100,
        most: 100_000,
        about: 'of the most that went to the same address and port in as long a time',
        initial: 200,
        unit: 'percent',
      },
      total: {
        least: 100,
        most: 100_000,
        about: 'of the most that the source sent out to everybody in as long a time',
        initial: 150,
        unit: 'percent',
      },
    },
    blind:
      'Data fetched by a connection from outside, sent slowly over days, split over many addresses, or by a source that sends as much anyway.',
    source: 'Tailpipe (more than 500 MB in a flow) with Sentinel’s comparison of sums against 14 days.',
  },
  'fan-out': {
    label: 'Fan-out inside',
    rule: 'One inside address opened connections to many inside addresses on ports of administration within a short time, more than in the baseline.',
    parameters: {
      hosts: { ...COUNT, least: 2, about: 'different destinations', initial: 3 },
      minutes: { least: 2, most: 1440, about: 'length of the windows, of which one begins every half', initial: 10, unit: 'minutes' },
    },
    blind: 'A slow walk from machine to machine, other ports, and sources that reach as many machines every day.',
    source:
      'Sentinel’s fan-out and Elastic’s sweep of administration ports; the numbers are smaller, since the baseline takes away what is usual.',
  },
  'new-destination': {
    label: 'New destination',
    rule: 'A source that has called only few public addresses in the baseline called one that nobody here had called.',
    parameters: {
      usual: { ...COUNT, about: 'public addresses that the source called in the baseline at most', initial: 30 },
      known: { least: 1, most: 720, about: 'time for which the baseline knows the source', initial: 24, unit: 'hours' },
    },
    blind: 'Sources that call many addresses anyway, new ones among them, and destinations behind an address that is known.',
    source: 'Sentinel’s first seen source and destination against seven days.',
  },
  'deny-surge': {
    label: 'Surge of denials',
    rule: 'More tuples were denied in an hour than in any hour of the baseline, and than its mean and three standard deviations.',
    parameters: {
      denied: { ...COUNT, about: 'denied tuples in an hour', initial: 100 },
      largest: { least: 100, most: 100_000, about: 'of the largest hour of the baseline', initial: 150, unit: 'percent' },
      hours: { least: 2, most: 720, about: 'hours of the baseline that have to hold rows', initial: 24, unit: 'hours' },
    },
    blind: 'Surges at one machine that drown in the noise of all.',
    source: 'Sentinel’s deny rate: mean and three standard deviations an hour.',
  },
  listed: {
    label: 'Address on a list',
    rule: 'An inside address called, or was reached by, a public address that stands on a list of the context files.',
    parameters: { tuples: { ...COUNT, about: 'tuples', initial: 1 } },
    blind: 'What is on no list; and a list does not say whether to stand on it is bad.',
    source: 'The lists in FLOWLENS_CONTEXT.',
  },
  'odd-protocol': {
    label: 'Unusual protocol',
    rule: 'Traffic of a protocol other than TCP, UDP and ICMP was allowed between addresses that did not speak it in the baseline.',
    parameters: { tuples: { ...COUNT, about: 'tuples', initial: 1 } },
    blind: 'Tunnels inside TCP, UDP and ICMP. NSG flow logs hold TCP and UDP only.',
    source: 'Tailpipe: protocol not 1, 6 or 17; 58 is ICMP of IPv6.',
  },
  silence: {
    label: 'NIC fell silent',
    rule: 'A NIC that used to log stopped, while others went on, for longer than it ever paused.',
    parameters: {
      quiet: { least: 1, most: 720, about: 'time without a row until the newest row of all', initial: 3, unit: 'hours' },
      logged: { least: 1, most: 720, about: 'hours in which it had logged before', initial: 24, unit: 'hours' },
    },
    blind: 'A NIC that logs alone, that pauses as long every night, or that stopped before the baseline.',
    source: 'Our own: a flow log that is switched off looks like this.',
  },
} as const satisfies Record<FindingKind, KindFacts>

export function factsOf(kind: FindingKind): KindFacts {
  return KINDS[kind]
}

/** Parameters of all kinds by kind and name. */
export type Thresholds = { readonly [Kind in FindingKind]: { readonly [Name in keyof (typeof KINDS)[Kind]['parameters']]: number } }

export const DEFAULTS = Object.fromEntries(
  FINDING_KINDS.map((kind) => [
    kind,
    Object.fromEntries(Object.entries(factsOf(kind).parameters).map(([name, { initial }]) => [name, initial])),
  ]),
) as Thresholds
