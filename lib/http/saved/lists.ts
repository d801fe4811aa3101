import 'server-only'
import { changedList, type KeptList, listsAnswer, newList } from '@/lib/flow/answer/kept/saved'
import { Problem } from '@/lib/flow/problem'
import { type Context, handle } from '@/lib/http/door/handle'
import { readBody } from '@/lib/http/door/read-body'
import { refuseKeys } from '@/lib/http/door/refuse-keys'
import { Shelf } from '@/lib/http/folders/shelf'
import { respondJson } from '@/lib/http/report/respond'
import { nameOf } from './name-of'

function shelfOf({ lists, identity }: Context) {
  return new Shelf(lists, identity, { name: 'List', one: 'a list' })
}

/** Lists are named in filters that anybody may be sent, so there is one of each name. */
function soleName(name: string) {
  return async (others: readonly KeptList[]) => {
    if (others.some((one) => one.name.toLowerCase() === name.toLowerCase()))
      throw new Problem('ask', `There is already a list $${name}; expected another name`, { key: 'name' })
  }
}

export const list = handle('lists', async (context) => {
  refuseKeys(context.params)
  const { shown, problems } = await shelfOf(context).list((one) => one)
  return respondJson(listsAnswer.parse({ lists: shown, problems }), context.requestId)
})

export const create = handle(
  'lists',
  async (context) => {
    refuseKeys(context.params)
    const body = await readBody(context, newList)
    const made = await shelfOf(context).create({ ...body, shared: true, by: nameOf(context.identity) }, soleName(body.name))
    return respondJson(made, context.requestId, 201)
  },
  { method: 'POST' },
)

export const change = handle(
  'list',
  async (context, path) => {
    refuseKeys(context.params)
    const { version, ...body } = await readBody(context, changedList)
    return respondJson(await shelfOf(context).change(String(path.id ?? ''), version, body, soleName(body.name)), context.requestId)
  },
  { method: 'PUT' },
)

/** `version` is the version that the client has seen. */
export const remove = handle(
  'list',
  async (context, path) => {
    refuseKeys(context.params, ['version'])
    const id = String(path.id ?? '')
    await shelfOf(context).remove(id, Number(context.params.get('version') ?? Number.NaN))
    return respondJson({ deleted: id }, context.requestId)
  },
  { method: 'DELETE' },
)
