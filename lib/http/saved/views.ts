import 'server-only'
import { changedView, type KeptView, newView, type SavedView, viewsAnswer } from '@/lib/flow/answer/kept/saved'
import { Problem } from '@/lib/flow/problem'
import { type Context, handle } from '@/lib/http/door/handle'
import { readBody } from '@/lib/http/door/read-body'
import { refuseKeys } from '@/lib/http/door/refuse-keys'
import { Shelf } from '@/lib/http/folders/shelf'
import { respondJson } from '@/lib/http/report/respond'
import { readHref } from '@/lib/link/href'
import { nameOf } from './name-of'

function shelfOf({ views, identity }: Context) {
  return new Shelf(views, identity, { name: 'View', one: 'a view' })
}

function pageOf(href: string): string {
  return href.split('?', 1)[0]!
}

/** A page has one initial view: another one of the same owner ceases to be it. */
function soleInitial({ identity, views }: Context, { href, initial }: { href: string; initial: boolean }) {
  return async (others: readonly KeptView[]) => {
    if (!initial) return
    for (const one of others)
      if (one.initial && one.owner === identity.key && pageOf(one.href) === pageOf(href))
        await views.write(one.id, { ...one, initial: false })
  }
}

/** A link to one of our pages, as it writes it. @throws Problem `ask` for any other. */
function hrefOf(text: string): string {
  try {
    return readHref(text).href
  } catch (error) {
    if (error instanceof Problem) throw new Problem('ask', error.message, { key: 'href', cause: error })
    throw error
  }
}

function shown({ initial, ...view }: SavedView): SavedView {
  return { ...view, initial: initial && view.mine !== false }
}

export const list = handle('views', async (context) => {
  refuseKeys(context.params)
  const { shown: all, problems } = await shelfOf(context).list((one) => one)
  return respondJson(viewsAnswer.parse({ views: all.map(shown), problems }), context.requestId)
})

export const create = handle(
  'views',
  async (context) => {
    refuseKeys(context.params)
    const body = await readBody(context, newView)
    const view = { ...body, href: hrefOf(body.href), by: nameOf(context.identity) }
    return respondJson(await shelfOf(context).create(view, soleInitial(context, view)), context.requestId, 201)
  },
  { method: 'POST' },
)

export const change = handle(
  'view',
  async (context, path) => {
    refuseKeys(context.params)
    const { version, ...body } = await readBody(context, changedView)
    const view = { ...body, href: hrefOf(body.href) }
    const next = await shelfOf(context).change(String(path.id ?? ''), version, view, soleInitial(context, view))
    return respondJson(next, context.requestId)
  },
  { method: 'PUT' },
)

/** `version` is the version that the client has seen. */
export const remove = handle(
  'view',
  async (context, path) => {
    refuseKeys(context.params, ['version'])
    const id = String(path.id ?? '')
    await shelfOf(context).remove(id, Number(context.params.get('version') ?? Number.NaN))
    return respondJson({ deleted: id }, context.requestId)
  },
  { method: 'DELETE' },
)
