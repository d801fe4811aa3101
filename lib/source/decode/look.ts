import { hash53 } from '@/lib/flow/hash'
import { Problem } from '@/lib/flow/problem'
import type { Blob } from '@/lib/flow/reading/blob'
import { MemberReading } from '@/lib/source/decode/archive/member'
import { Spool } from '@/lib/source/decode/archive/spool'
import { type RandomAccess, type TarEntry, tarEntries } from '@/lib/source/decode/archive/tar'
import { zipEntries } from '@/lib/source/decode/archive/zip'
import type { DecodeBounds } from '@/lib/source/decode/bytes/bounds'
import { PACKING_BYTES, packingOf } from '@/lib/source/decode/bytes/packing'
import { plainOf } from '@/lib/source/decode/bytes/plain'
import { leave, peek } from '@/lib/source/decode/bytes/stream'
import { isJson, parsePath, resourceScope } from '@/lib/source/model/path'
import type { Reading } from '@/lib/source/model/source'
import { cancelled } from '@/lib/source/wait/cancelled'
import { LOOK_BYTES, type Other, otherThanFlows } from './kind'

/** A file in an archive, as a separate blob. */
export interface Member {
  blob: Blob
  reading: Reading
}

/** The contents of one object. */
export interface ObjectLook {
  /** True if the object itself is to be read. */
  itself: boolean
  members: Member[]
  others: { name: string; other: Other }[]
  /** One for each part that cannot be read. */
  problems: Problem[]
}

/** True if only its bytes tell what an object is. A `.json` under a flow log's hour needs no examination. */
export function needsLook({ name, hour }: Blob): boolean {
  return hour === null || !isJson(name)
}

/**
 * Finds out by its first bytes what an object is, and what an archive holds, including nested archives. A part that fails becomes a problem; the rest is kept.
 */
export async function lookAt(blob: Blob, reading: Reading, bounds: DecodeBounds, signal: AbortSignal): Promise<ObjectLook> {
  const look: ObjectLook = { itself: false, members: [], others: [], problems: [] }
  await examine(look, blob, reading, null, 0, bounds, signal)
  return look
}

async function examine(
  look: ObjectLook,
  blob: Blob,
  reading: Reading,
  member: Member | null,
  depth: number,
  bounds: DecodeBounds,
  signal: AbortSignal,
): Promise<void> {
  const { name } = blob
  const keep = () => {
    if (member === null) look.itself = true
    else look.members.push(member)
  }
  if (reading.length === 0) {
    if (isJson(name)) keep()
    else look.others.push({ name, other: otherThanFlows(new Uint8Array(), name)! })
    return
  }
  const prefix = Math.min(reading.length, LOOK_BYTES)
  const stored = await peek(reading.read(0, prefix, signal), PACKING_BYTES)
  if (stored.head.length === 0 && stored.failure !== null) throw stored.failure.error
  const packing = packingOf(stored.head)
  if (packing === 'zip' || packing === 'tar') {
    await leave(stored.whole)
    const random = member === null ? reading : await spooled(look, reading.read(0, reading.length, signal))
    return unpack(look, blob, packing, random, depth, bounds, signal)
  }
  const plain = await plainOf(name, stored.whole, bounds)
  const { head, failure, whole } = await peek(plain.stream, plain.archive === null ? LOOK_BYTES : PACKING_BYTES)
  await leave(whole)
  if (signal.aborted) throw cancelled()
  if (plain.archive !== null) {
    const { stream } = await plainOf(name, reading.read(0, reading.length, signal), bounds)
    return unpack(look, blob, plain.archive, await spooled(look, stream), depth, bounds, signal)
  }
  if (head.length === 0 && failure !== null && plain.packed) {
    look.problems.push(
      failure.error instanceof Problem ? failure.error : new Problem('source', `${name} cannot be unpacked`, { where: name }),
    )
    return
  }
  const other = otherThanFlows(head, name.replace(/\.gz$/i, ''))
  if (other === null) keep()
  else look.others.push({ name, other })
}

async function spooled(look: ObjectLook, stream: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<Spool> {
  const spool = await Spool.of(stream)
  if (spool.failure !== null) look.problems.push(spool.failure)
  return spool
}

async function unpack(
  look: ObjectLook,
  archive: Blob,
  packing: 'zip' | 'tar',
  random: RandomAccess,
  depth: number,
  bounds: DecodeBounds,
  signal: AbortSignal,
): Promise<void> {
  const { name } = archive
  if (depth >= bounds.depth) {
    look.problems.push(new Problem('source', `${name} lies more than ${bounds.depth} archives deep and is not read`, { where: name }))
    return
  }
  const report = (problem: Problem) => void look.problems.push(problem)
  const entries =
    packing === 'zip' ? await zipEntries(name, random, bounds, report) : await tarEntries(name, random, bounds, signal, report)
  const seen = new Map<string, number>()
  for (const entry of entries) {
    if (signal.aborted) throw cancelled()
    const path = entry.path.replace(/^(\.?\/)+/, '')
    const times = (seen.get(path) ?? 0) + 1
    seen.set(path, times)
    if (look.members.length + look.others.length >= bounds.entries) {
      report(
        new Problem('source', `${name} and its archives hold more than ${bounds.entries} files: the rest is not read`, { where: name }),
      )
      return
    }
    const member = memberOf(archive, entry, times === 1 ? path : `${path}#${times}`)
    if (!needsLook(member.blob)) look.members.push(member)
    else await examineMember(look, member, depth + 1, bounds, signal)
  }
}

/** A file of an archive that fails does not affect the others. */
async function examineMember(look: ObjectLook, member: Member, depth: number, bounds: DecodeBounds, signal: AbortSignal): Promise<void> {
  try {
    await examine(look, member.blob, member.reading, member, depth, bounds, signal)
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== 'source') throw error
    look.problems.push(error)
  }
}

/** The path inside the archive tells log, NIC and hour as if it had been unpacked beside the archive. */
function memberOf(archive: Blob, entry: TarEntry, path: string): Member {
  const name = `${archive.name}/${path}`
  const parent = archive.name.replace(/[^/]*$/, '')
  const place = parsePath(path) ?? parsePath(parent + path)
  const told = place === null ? archive : { scope: resourceScope(place.scope), hour: place.hour, mac: place.mac }
  const blob: Blob = {
    ...archive,
    id: hash53(`${archive.source}\0${archive.container}\0${name}`),
    name,
    length: entry.size,
    scope: told.scope,
    hour: told.hour,
    mac: told.mac,
    archive: archive.archive ?? archive.id,
  }
  return { blob, reading: new MemberReading(blob, entry) }
}
