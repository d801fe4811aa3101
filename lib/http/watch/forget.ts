import 'server-only'
import type { KeptAlert } from '@/lib/flow/answer/kept/alert'
import { DAY } from '@/lib/flow/time/bucket'
import type { Server } from '@/lib/http/server/server'

/** Number of alerts that are kept at any age, and the age below which every alert is kept. */
const KEPT = 10_000
const YOUNG = 30 * DAY

/** Deletes the oldest alerts beyond `most`, except young ones. */
export async function forgetOld({ alerts, deliveries }: Pick<Server, 'alerts' | 'deliveries'>, now: number, most = KEPT): Promise<void> {
  const names = await alerts.names()
  if (names.length <= most) return
  const all: KeptAlert[] = []
  for (const name of names) {
    const alert = await alerts.read(name).catch(() => null)
    if (alert !== null) all.push(alert)
  }
  const old = all.filter(({ found }) => Date.parse(found) < now - YOUNG).sort((a, b) => (a.found < b.found ? -1 : 1))
  for (const { id } of old.slice(0, names.length - most)) {
    await alerts.remove(id)
    await deliveries.remove(id)
  }
}
