import type { Rejection } from './blob'

/** Why something was refused, or kept although it looks odd, in words; by what and reason. */
const WORDS: Readonly<Record<Rejection['what'], Readonly<Record<string, string>>>> = {
  record: {
    'not-json': 'not valid JSON',
    truncated: 'cut off before the end',
    category: 'category is neither NetworkSecurityGroupFlowEvent nor FlowLogFlowEvent',
    version: 'layout version is missing or unknown',
    layout: 'not the layout of its category',
    time: 'record time is missing or unreadable',
    'too-deep': 'nested deeper than 32 levels',
    'too-long': 'longer than 64 MiB',
  },
  tuple: {
    empty: 'no text',
    columns: 'too few or too many columns',
    time: 'time is no whole number',
    address: 'source or destination is no IP address',
    port: 'port is not between 0 and 65535',
    direction: 'direction is neither I nor O',
    decision: 'decision is neither A nor D',
    counter: 'counter is no whole number, or too large',
    'too-long': 'longer than 1 KiB',
    'not-text': 'not a text',
  },
  warning: {
    protocol: 'unknown protocol',
    state: 'unknown flow state',
    encryption: 'unknown encryption',
    zone: 'IPv6 zone left out',
  },
  blob: {},
}

export function explainReason(what: Rejection['what'], reason: string): string {
  return WORDS[what][reason] ?? reason
}
