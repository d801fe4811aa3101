import type { Fact } from '@/lib/query/test/facts'

/** Compares pairs of rows one by one; the SQL of lib/query/where/once.ts must give the same result. */

const DOCUMENTED = ['begin', 'continue', 'end', 'deny', null]

function eventOf(fact: Fact): string {
  if (fact.action === 'deny') return 'deny'
  return fact.state ?? 'begin'
}

/** True if `a` is preferred to `b`; texts are compared by their bytes. */
function isPreferred(a: Fact, b: Fact): boolean {
  const ranks = ({ format, dir }: Fact) => [format === 'vnet-v4' ? 0 : 1, dir === 'in' ? 0 : 1]
  const texts = ({ log, mac, acl }: Fact) => [log, mac, acl.toLowerCase()].map((text) => Buffer.from(text))
  const [ranksB, textsB] = [ranks(b), texts(b)]
  const steps = [...ranks(a).map((rank, i) => rank - ranksB[i]!), ...texts(a).map((text, i) => Buffer.compare(text, textsB[i]!))]
  return (steps.find((step) => step !== 0) ?? 0) < 0
}

function hasDocumentedTokens({ proto, state }: Fact): boolean {
  return DOCUMENTED.includes(state) && (proto === 'tcp' || proto === 'udp' || (/^\d+$/.test(proto) && Number(proto) < 256))
}

/** Parts of the definition that a test can change, to check that the tests would notice. */
export const ONCE = {
  apart: 60_000,
  continuesApart: 300_000,
  eventOf,
  isPreferred,
  hasDocumentedTokens,
}

/** Returns the rows for which a row of a preferred observer among them logs the same event. */
export function naiveRepeats(rows: readonly Fact[], told: typeof ONCE = ONCE): Fact[] {
  const same = new Map<string, Fact[]>()
  for (const row of rows) {
    if (!told.hasDocumentedTokens(row)) continue
    const key = JSON.stringify([row.src, row.dst, row.sport, row.dport, row.proto, row.action, told.eventOf(row)])
    same.set(key, [...(same.get(key) ?? []), row])
  }
  return [...same.values()].flatMap((alike) =>
    alike.filter((row) => {
      const most = told.eventOf(row) === 'continue' ? told.continuesApart : told.apart
      const near = (other: Fact) => Math.abs(Date.parse(other.time) - Date.parse(row.time)) <= most
      return alike.some((other) => told.isPreferred(other, row) && near(other))
    }),
  )
}

/** Compares the places of copies of a record; the first place is kept. */
function isFirst(a: Fact, b: Fact): boolean {
  const steps = [
    Buffer.compare(Buffer.from(a.log), Buffer.from(b.log)),
    Number(a.hour < 0) - Number(b.hour < 0),
    a.blob - b.blob,
    (a.recordOffset ?? a.offset) - (b.recordOffset ?? b.offset),
  ]
  return (steps.find((step) => step !== 0) ?? 0) < 0
}

/** Returns the rows whose record also occurs elsewhere among them. */
export function naiveCopies(rows: readonly Fact[]): Fact[] {
  const told = rows.filter((row) => row.recordHash !== undefined)
  return told.filter((row) => told.some((other) => other.recordHash === row.recordHash && isFirst(other, row)))
}

/** Returns the rows that remain after deduplication, without copies and without repeats of other observers. */
export function onceRows(rows: readonly Fact[]): Fact[] {
  const copies = new Set(naiveCopies(rows))
  const single = rows.filter((row) => !copies.has(row))
  const repeated = new Set(naiveRepeats(single))
  return single.filter((row) => !repeated.has(row))
}
