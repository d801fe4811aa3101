import type { ProblemKind } from '@/lib/flow/problem'

/** Texts of the reasons why a record or tuple was rejected, or kept with a `warning`; by subject and reason. */
const WORDS = {
  record: {
    'not-json': 'torn, or not valid JSON; read on at the next record',
    truncated: 'torn or cut off, and no record begins behind it',
    rest: 'no record begins before the end',
    wrapper: 'something unknown around records; read on at the first of them',
    category: 'category is neither NetworkSecurityGroupFlowEvent nor FlowLogFlowEvent',
    version: 'layout version is missing or unknown',
    layout: 'not the layout of its category',
    time: 'record time is missing, unreadable, or not of the years 2000 to 2099',
    'too-deep': 'nested deeper than 32 levels',
    'too-long': 'longer than 64 MiB, or with a name longer than 4 KiB',
    'too-many': 'more than 32,768 different rules, ACLs and MACs, or undocumented protocols and states',
  },
  tuple: {
    empty: 'no text',
    columns: 'too few columns',
    time: 'time is no whole number, or more than a week from that of its record',
    address: 'source or destination is no IP address',
    port: 'port is not between 0 and 65535',
    direction: 'direction is neither I nor O',
    decision: 'decision is neither A nor D',
    counter: 'counter is no whole number, or more than a network interface can send',
    'too-long': 'longer than 1 KiB',
    'not-text': 'not a text',
  },
  warning: {
    protocol: 'unknown protocol',
    state: 'unknown flow state',
    encryption: 'unknown encryption',
    zone: 'IPv6 zone left out',
    'version-newer': 'layout is newer than those that are known; read as the newest of them',
    boxed: 'arrays of flows below the key value, as Windows PowerShell writes an array',
    unrolled: 'arrays of one element written without brackets',
    'envelope-records': 'records is one record, not an array',
    'envelope-event': 'record below the key event, as a Splunk HTTP Event Collector takes it',
    'envelope-value': 'records below the key value, as Windows PowerShell writes an array',
    'envelope-text': 'record written as text in a string, as log shippers do',
    'envelope-flat': 'one flat object a tuple, as sent to Event Hubs',
    'envelope-other': 'record inside another object',
    'columns-more': 'more columns than are known; those that are known were read',
  },
} as const

/**
 * Texts of the reasons why a source or a blob could not be read: the kinds of Problem, a SAS that `expires`, `more` problems summed up, or why objects of one
 * kind were passed over.
 */
const FAILURES = {
  ask: 'request not accepted',
  signin: 'sign-in needed',
  denied: 'access denied',
  absent: 'not found',
  conflict: 'changed by somebody else',
  limit: 'over a limit',
  changed: 'changed while it was read',
  source: 'storage failed',
  slow: 'no answer in time',
  busy: 'server busy',
  cancelled: 'cancelled',
  config: 'wrong configuration',
  store: 'engine failed',
  expires: 'signature ends',
  more: 'summed up',
  'other-form': 'traffic in a form that is not read',
  'no-flow-log': 'no flow log',
} as const satisfies Record<ProblemKind | 'expires' | 'more' | 'other-form' | 'no-flow-log', string>

type Words = typeof WORDS
/** Subjects of rejections and warnings. */
export type Refused = keyof Words
export type RecordReason = keyof Words['record']
export type TupleReason = keyof Words['tuple']
/** Reasons of warnings, for content that was read: an undocumented token, a form written by other software, a layout that has grown. */
export type WarningReason = keyof Words['warning']
/** Warnings about the text around records. */
export type EnvelopeReason = Extract<WarningReason, `envelope-${string}`>
export type RejectionReason = RecordReason | TupleReason | WarningReason

function keysOf<Name extends string>(words: Readonly<Record<Name, string>>): Name[] {
  return Object.keys(words) as Name[]
}

export const REFUSED = ['record', 'tuple', 'warning'] as const satisfies readonly Refused[]
export const REJECTION_REASONS = [...new Set<RejectionReason>([...keysOf(WORDS.record), ...keysOf(WORDS.tuple), ...keysOf(WORDS.warning)])]

/** Subjects of the problems in an answer's coverage, see `lib/flow/answer/answer.ts`, and their reasons. */
export const COVERAGE_PROBLEM_KINDS = ['rights', 'source', 'blob', 'missing', 'passed', ...REFUSED] as const
export const COVERAGE_REASONS = [...new Set([...keysOf(FAILURES), ...REJECTION_REASONS])]

export type CoverageProblemKind = (typeof COVERAGE_PROBLEM_KINDS)[number]
export type CoverageReason = (typeof COVERAGE_REASONS)[number]

/** Returns the text for the reason of a rejection, or of any problem of a coverage. */
export function explainReason(kind: CoverageProblemKind, reason: CoverageReason): string {
  const words: Partial<Record<CoverageReason, string>> = kind in WORDS ? { ...FAILURES, ...WORDS[kind as Refused] } : FAILURES
  return words[reason] ?? reason
}
