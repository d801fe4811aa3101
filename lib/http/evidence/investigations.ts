import 'server-only'
import { randomInt } from 'node:crypto'
import type { z } from 'zod'
import type { Identity } from '@/lib/auth/identity'
import {
  changedInvestigation,
  INVESTIGATION_ID,
  type Investigation,
  type InvestigationLink,
  type InvestigationsAnswer,
  investigationsAnswer,
  type KeptInvestigation,
  newInvestigation,
} from '@/lib/flow/answer/investigation'
import { Problem } from '@/lib/flow/problem'
import { type Context, handle, type Path } from '@/lib/http/door/handle'
import { readBody } from '@/lib/http/door/read-body'
import { refuseKeys } from '@/lib/http/door/refuse-keys'
import type { JsonFolder } from '@/lib/http/folders/json-folder'
import { respondJson } from '@/lib/http/report/respond'
import { readHref } from '@/lib/link/href'

/** Most investigations. */
const MOST = 10_000
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

type Folder = JsonFolder<KeptInvestigation>

type Asker = Pick<Context, 'investigations' | 'identity'>

/** Queues the changes of each folder. */
const turns = new WeakMap<Folder, Promise<unknown>>()

function inTurn<Result>(folder: Folder, act: () => Promise<Result>): Promise<Result> {
  const done = (turns.get(folder) ?? Promise.resolve()).then(act)
  turns.set(
    folder,
    done.catch(() => {}),
  )
  return done
}

function newId(): string {
  return Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

/** The id in a path such as `investigations/ID`. @throws Problem `ask` for any other text. */
function idOf(path: Path): string {
  const id = String(path.id ?? '')
  if (!INVESTIGATION_ID.test(id))
    throw new Problem('ask', 'Id is not the id of an investigation; expected eight letters and digits', { key: 'id' })
  return id
}

function maySee({ owner, shared }: KeptInvestigation, { key }: Identity): boolean {
  return shared || owner === key
}

function show({ owner, ...rest }: KeptInvestigation, { kind, key }: Identity): Investigation {
  return { ...rest, mine: kind === 'local' ? null : owner === key }
}

async function kept({ investigations, identity }: Asker, path: Path): Promise<KeptInvestigation> {
  const id = idOf(path)
  const found = await investigations.read(id)
  if (found === null || !maySee(found, identity))
    throw new Problem('absent', `Investigation ${id} does not exist: it was deleted, or another instance holds it`, { key: 'id' })
  return found
}

/** The investigation that a path names. @throws Problem `absent` when there is none, or when it belongs to somebody else who does not share it. */
export async function investigationOf(asker: Asker, path: Path): Promise<Investigation> {
  return show(await kept(asker, path), asker.identity)
}

/** The investigation that a path names, for changing it. @throws Problem `denied` when somebody else shares it. */
async function ownInvestigation(asker: Asker, path: Path): Promise<KeptInvestigation> {
  const found = await kept(asker, path)
  if (found.owner !== asker.identity.key)
    throw new Problem('denied', `Investigation ${found.id} belongs to somebody else: only its owner can change it`, { key: 'id' })
  return found
}

function refuseStale(known: KeptInvestigation, version: number): void {
  if (known.version === version) return
  throw new Problem(
    'conflict',
    `Investigation was changed in the meantime (version ${known.version}, not ${version}): load it again and repeat the change`,
    {
      key: 'version',
    },
  )
}

/** Normalises links to our own pages. @throws Problem `ask` that names a link to anything else. */
function checked(links: z.output<typeof newInvestigation>['links'], now: string): InvestigationLink[] {
  return links.map(({ label, href, added = now }, i) => {
    try {
      return { label, href: readHref(href).href, added }
    } catch (error) {
      if (error instanceof Problem) throw new Problem('ask', `Link ${i + 1}: ${error.message}`, { key: `links.${i}.href`, cause: error })
      throw error
    }
  })
}

export const list = handle('investigations', async ({ investigations, identity, params, requestId }) => {
  refuseKeys(params)
  const answer: InvestigationsAnswer = { investigations: [], problems: [] }
  for (const name of await investigations.names()) {
    try {
      const found = await investigations.read(name)
      if (found !== null && maySee(found, identity)) answer.investigations.push({ ...show(found, identity), links: found.links.length })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      answer.problems.push(error.message)
    }
  }
  answer.investigations.sort((a, b) => (a.changed < b.changed ? 1 : -1))
  return respondJson(investigationsAnswer.parse(answer), requestId)
})

export const create = handle(
  'investigations',
  async ({ investigations, identity, request, params, requestId }) => {
    refuseKeys(params)
    const { title, note, links } = await readBody(request, newInvestigation)
    const now = new Date().toISOString()
    const kept = checked(links, now)
    const made = await inTurn(investigations, async () => {
      const taken = new Set(await investigations.names())
      if (taken.size >= MOST) throw new Problem('ask', `There are already ${MOST} investigations: delete one first`)
      let id = newId()
      while (taken.has(id)) id = newId()
      const own = { owner: identity.key, shared: false }
      const investigation: KeptInvestigation = { id, version: 1, title, note, links: kept, ...own, made: now, changed: now }
      await investigations.write(id, investigation)
      return investigation
    })
    return respondJson(show(made, identity), requestId, 201)
  },
  { method: 'POST' },
)

export const read = handle('investigation', async (context, path) => {
  refuseKeys(context.params)
  return respondJson(await investigationOf(context, path), context.requestId)
})

export const change = handle(
  'investigation',
  async (context, path) => {
    refuseKeys(context.params)
    const { version, title, note, links, shared } = await readBody(context.request, changedInvestigation)
    const changed = new Date().toISOString()
    const kept = checked(links, changed)
    const now = await inTurn(context.investigations, async () => {
      const known = await ownInvestigation(context, path)
      refuseStale(known, version)
      const next: KeptInvestigation = {
        ...known,
        version: version + 1,
        title,
        note,
        links: kept,
        shared: shared ?? known.shared,
        changed,
      }
      await context.investigations.write(known.id, next)
      return next
    })
    return respondJson(show(now, context.identity), context.requestId)
  },
  { method: 'PUT' },
)

/** `version` is the version that the client has seen. */
export const remove = handle(
  'investigation',
  async (context, path) => {
    refuseKeys(context.params, ['version'])
    await inTurn(context.investigations, async () => {
      const known = await ownInvestigation(context, path)
      refuseStale(known, Number(context.params.get('version') ?? Number.NaN))
      await context.investigations.remove(known.id)
    })
    return respondJson({ deleted: idOf(path) }, context.requestId)
  },
  { method: 'DELETE' },
)
