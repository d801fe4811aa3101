import 'server-only'
import type { z } from 'zod'
import {
  changedInvestigation,
  type Investigation,
  type InvestigationLink,
  investigationsAnswer,
  newInvestigation,
} from '@/lib/flow/answer/evidence/investigation'
import { Problem } from '@/lib/flow/problem'
import { type Context, handle, type Path } from '@/lib/http/door/handle'
import { readBody } from '@/lib/http/door/read-body'
import { refuseKeys } from '@/lib/http/door/refuse-keys'
import { Shelf } from '@/lib/http/folders/shelf'
import { respondJson } from '@/lib/http/report/respond'
import { readHref } from '@/lib/link/href'

type Asker = Pick<Context, 'investigations' | 'identity'>

function shelfOf({ investigations, identity }: Asker) {
  return new Shelf(investigations, identity, { name: 'Investigation', one: 'an investigation' })
}

/** The investigation that a path names. @throws Problem `absent` when there is none, or when it belongs to somebody else who does not share it. */
export function investigationOf(asker: Asker, path: Path): Promise<Investigation> {
  return shelfOf(asker).read(String(path.id ?? ''))
}

/**
 * Normalises links to our own pages.
 * @throws Problem `ask` that names a link to anything else
 */
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

export const list = handle('investigations', async (context) => {
  refuseKeys(context.params)
  const { shown: investigations, problems } = await shelfOf(context).list(({ note: _, links, ...one }) => ({ ...one, links: links.length }))
  return respondJson(investigationsAnswer.parse({ investigations, problems }), context.requestId)
})

export const create = handle(
  'investigations',
  async (context) => {
    refuseKeys(context.params)
    const { title, note, links } = await readBody(context, newInvestigation)
    const kept = checked(links, new Date().toISOString())
    const made = await shelfOf(context).create({ title, note, links: kept, shared: false })
    return respondJson(made, context.requestId, 201)
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
    const { version, title, note, links, shared } = await readBody(context, changedInvestigation)
    const kept = checked(links, new Date().toISOString())
    const parts = { title, note, links: kept, ...(shared !== undefined && { shared }) }
    return respondJson(await shelfOf(context).change(String(path.id ?? ''), version, parts), context.requestId)
  },
  { method: 'PUT' },
)

/** Deletes an investigation; `version` is the version that the client has seen. */
export const remove = handle(
  'investigation',
  async (context, path) => {
    refuseKeys(context.params, ['version'])
    const id = String(path.id ?? '')
    await shelfOf(context).remove(id, Number(context.params.get('version') ?? Number.NaN))
    return respondJson({ deleted: id }, context.requestId)
  },
  { method: 'DELETE' },
)
