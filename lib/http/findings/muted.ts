import 'server-only'
import type { KeptMute } from '@/lib/flow/answer/kept/mute'
import type { Finding } from '@/lib/flow/answer/traffic/findings'
import type { Context } from '@/lib/http/door/handle'

type Muting = Pick<Context, 'mutes'> & { road: Pick<Context['road'], 'isPersonal'>; identity: Pick<Context['identity'], 'key'> }

/**
 * True if the mute applies to this person. If people read with their own rights, a mute applies only to its owner, because it reveals what the owner could
 * read.
 */
export function isTold({ road, identity }: Omit<Muting, 'mutes'>, { owner }: KeptMute): boolean {
  return !road.isPersonal || owner === identity.key
}

function isOver({ until }: KeptMute, now: number): boolean {
  return until !== null && Date.parse(until) <= now
}

/** Returns the mutes that apply to a person now. A file that cannot be read mutes nothing. */
async function mutesFor(muting: Muting, now: number): Promise<KeptMute[]> {
  const found: KeptMute[] = []
  // One after the other: thousands of files that are open at once exceed what a process may open, and are then unreadable.
  for (const name of await muting.mutes.names()) {
    const mute = await muting.mutes.remembered(name).catch(() => null)
    if (mute !== null && isTold(muting, mute) && !isOver(mute, now)) found.push(mute)
  }
  return found
}

/** Returns a function that gives the id of the mute that hides a finding, or null. */
export async function mutedBy(muting: Muting, now = Date.now()): Promise<(finding: Finding) => string | null> {
  const mutes = await mutesFor(muting, now)
  return ({ id, kind, figures }) =>
    mutes.find((mute) => (mute.finding === null ? mute.kind === kind && mute.address === figures.address : mute.finding === id))?.id ?? null
}
