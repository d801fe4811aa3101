import 'server-only'
import { type KeptMute, MUTE_ID, type Mute, type MutesAnswer, mutesAnswer, newMute } from '@/lib/flow/answer/kept/mute'
import { Problem } from '@/lib/flow/problem'
import { handle, type Path } from '@/lib/http/door/handle'
import { readBody } from '@/lib/http/door/read-body'
import { refuseKeys } from '@/lib/http/door/refuse-keys'
import { inTurn } from '@/lib/http/folders/in-turn'
import { newId } from '@/lib/http/folders/new-id'
import { respondJson } from '@/lib/http/report/respond'
import { isTold } from './muted'

function show({ owner: _, ...mute }: KeptMute): Mute {
  return mute
}

function idOf(path: Path): string {
  const id = String(path.id ?? '')
  if (!MUTE_ID.test(id)) throw new Problem('ask', 'Id is not the id of a mute; expected eight letters and digits', { key: 'id' })
  return id
}

/** Lists mutes, including expired ones, so that people can see why a finding is back. */
export const list = handle('mutes', async (context) => {
  refuseKeys(context.params)
  const answer: MutesAnswer = { mutes: [], problems: [] }
  for (const name of await context.mutes.names()) {
    try {
      const mute = await context.mutes.read(name)
      if (mute !== null && isTold(context, mute)) answer.mutes.push(show(mute))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      answer.problems.push(error.message)
    }
  }
  answer.mutes.sort((a, b) => (a.made < b.made ? 1 : -1))
  return respondJson(mutesAnswer.parse(answer), context.requestId)
})

export const create = handle(
  'mutes',
  async ({ mutes, identity, request, signal, params, requestId }) => {
    refuseKeys(params)
    const { finding, kind, address, why, until } = await readBody({ request, signal }, newMute)
    const by = identity.kind === 'person' ? identity.name : null
    const made = await inTurn(mutes, async () => {
      const id = newId(new Set(await mutes.names()))
      const mute: KeptMute = { id, finding, kind, address, why, until, owner: identity.key, by, made: new Date().toISOString() }
      await mutes.write(id, mute)
      return mute
    })
    return respondJson(show(made), requestId, 201)
  },
  { method: 'POST' },
)

/** Deletes a mute. Everybody to whom it applies may do so. */
export const remove = handle(
  'mute',
  async (context, path) => {
    refuseKeys(context.params)
    const id = idOf(path)
    await inTurn(context.mutes, async () => {
      const mute = await context.mutes.read(id)
      if (mute === null || !isTold(context, mute)) throw new Problem('absent', `Mute ${id} does not exist: it was lifted`, { key: 'id' })
      await context.mutes.remove(id)
    })
    return respondJson({ deleted: id }, context.requestId)
  },
  { method: 'DELETE' },
)
