import 'server-only'
import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import type { ContextFile } from '@/lib/context/files'
import type { FoundSet } from '@/lib/context/read/found'
import { type ContextAnswer, type ContextSet, contextAnswer } from '@/lib/flow/answer/traffic/context'
import { handle } from '@/lib/http/door/handle'
import { refuseKeys } from '@/lib/http/door/refuse-keys'
import { respondJson } from '@/lib/http/report/respond'
import { nicsOf } from '@/lib/http/rights/scope-of'

function idOf(path: string, kind: string): string {
  return createHash('sha256').update(`${kind} ${path}`).digest('hex').slice(0, 12)
}

function describe({ path, modified, sha256 }: ContextFile, set: FoundSet): ContextSet {
  const { kind, name, entries, refused, about, credit } = set
  return { id: idOf(path, kind), file: basename(path), kind, name, entries, refused, modified: instant(modified), sha256, about, credit }
}

function instant(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString()
}

function unread({ path, modified, sha256, failure }: ContextFile): ContextSet {
  const file = basename(path)
  const refused = [{ reason: failure!.reason, count: 1, line: failure!.line, sample: null }]
  return {
    id: idOf(path, ''),
    file,
    kind: null,
    name: file,
    entries: 0,
    refused,
    modified: instant(modified),
    sha256,
    about: 'not read',
    credit: null,
  }
}

/** Kinds of sets with information about NICs and rules. */
const SENSITIVE: readonly string[] = ['inventory', 'rules', 'name']

/**
 * Returns a set as seen by a person who reads with their own rights: inventories without samples of rejected entries, and with only the number of NICs whose
 * logs the person may read; no rules at all.
 */
function permitted(set: ContextSet, nics: number): ContextSet[] {
  if (set.kind === 'rules') return []
  if (set.kind === null || !SENSITIVE.includes(set.kind)) return [set]
  const refused = set.refused.map((one) => ({ ...one, sample: null }))
  return set.kind === 'inventory'
    ? [{ ...set, refused, entries: Math.min(set.entries, nics), about: 'Azure inventory' }]
    : [{ ...set, refused }]
}

/** Returns the context files: the entries of each, its last write, and its rejected entries. */
export const context = handle('context', async ({ contextFiles, road, signal, requestId, params }) => {
  refuseKeys(params)
  const [files, known] = [await contextFiles.all(), await contextFiles.known()]
  const sets = files.flatMap((file) => (file.failure === null ? file.sets.map((set) => describe(file, set)) : [unread(file)]))
  const own = road.isPersonal ? known.for(await nicsOf(road, signal)) : known
  const answer: ContextAnswer = {
    digest: known.digest,
    names: own.names,
    sets: road.isPersonal ? sets.flatMap((set) => permitted(set, own.nics)) : sets,
  }
  return respondJson(contextAnswer.parse(answer), requestId)
})
