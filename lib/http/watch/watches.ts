import 'server-only'
import {
  changedWatch,
  type KeptWatch,
  newWatch,
  type Round,
  WATCH_ID,
  type Watch,
  type WatchesAnswer,
  watchesAnswer,
} from '@/lib/flow/answer/kept/watch'
import { Problem } from '@/lib/flow/problem'
import { type Context, handle, type Path } from '@/lib/http/door/handle'
import { readBody } from '@/lib/http/door/read-body'
import { refuseKeys } from '@/lib/http/door/refuse-keys'
import { inTurn } from '@/lib/http/folders/in-turn'
import { newId } from '@/lib/http/folders/new-id'
import { respondJson } from '@/lib/http/report/respond'
import { settings } from '@/lib/http/server/settings'
import { nameOf } from '@/lib/webhook/tell'
import { checkCondition } from './condition'
import { alertsOf } from './kept-alerts'
import { watchedRoad } from './whose'

/** Maximum number of watches, because each is evaluated again and again. */
const MOST = 200

type Counts = Pick<Watch, 'alerts' | 'open'>

function idOf(path: Path): string {
  const id = String(path.id ?? '')
  if (!WATCH_ID.test(id)) throw new Problem('ask', 'Id is not the id of a watch; expected eight letters and digits', { key: 'id' })
  return id
}

async function kept({ watches }: Context, path: Path): Promise<KeptWatch> {
  const id = idOf(path)
  const found = await watches.read(id)
  if (found === null) throw new Problem('absent', `Watch ${id} does not exist: it was deleted, or another instance holds it`, { key: 'id' })
  return found
}

/** Returns the watch named by a path, to be changed. @throws Problem `denied` if it belongs to somebody else, `conflict` if it was changed meanwhile. */
async function own(context: Context, path: Path, version: number): Promise<KeptWatch> {
  const found = await kept(context, path)
  if (found.owner !== context.identity.key)
    throw new Problem('denied', `Watch ${found.id} belongs to somebody else: only its owner can change it`, { key: 'id' })
  if (found.version !== version)
    throw new Problem(
      'conflict',
      `Watch was changed in the meantime (version ${found.version}, not ${version}): load it again and repeat`,
      {
        key: 'version',
      },
    )
  return found
}

function show({ owner, ...watch }: KeptWatch, { kind, key }: Context['identity'], round: Round | null, counts: Counts): Watch {
  return { ...watch, mine: kind === 'local' ? null : owner === key, round, ...counts }
}

async function shown(context: Context, watch: KeptWatch): Promise<Watch> {
  const { alerts } = await alertsOf(context.alerts)
  const own = alerts.filter((alert) => alert.watch === watch.id)
  const round = await context.rounds.read(watch.id)
  return show(watch, context.identity, round, { alerts: own.length, open: own.filter(({ acknowledged }) => acknowledged === null).length })
}

export const list = handle('watches', async (context) => {
  refuseKeys(context.params)
  const { watches, rounds, identity, requestId } = context
  const { watch } = settings()
  const { alerts, problems } = await alertsOf(context.alerts)
  const counts = new Map<string, Counts>()
  for (const { watch: of, acknowledged } of alerts) {
    const so = counts.get(of) ?? { alerts: 0, open: 0 }
    counts.set(of, { alerts: so.alerts + 1, open: so.open + (acknowledged === null ? 1 : 0) })
  }
  const answer: WatchesAnswer = {
    every: watch.every,
    sources: watchedRoad(context).sources.map(({ name }) => name),
    webhooks: watch.webhooks.map(nameOf),
    watches: [],
    problems,
  }
  for (const id of await watches.names()) {
    try {
      const found = await watches.read(id)
      if (found !== null) answer.watches.push(show(found, identity, await rounds.read(id), counts.get(id) ?? { alerts: 0, open: 0 }))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      answer.problems.push(error.message)
    }
  }
  answer.watches.sort((a, b) => (a.changed < b.changed ? 1 : -1))
  return respondJson(watchesAnswer.parse(answer), requestId)
})

export const create = handle(
  'watches',
  async (context) => {
    refuseKeys(context.params)
    const { watches, identity, requestId } = context
    const { title, condition, paused } = await readBody(context, newWatch)
    checkCondition(condition)
    const by = identity.kind === 'person' ? identity.name : null
    const made = await inTurn(watches, async () => {
      const taken = new Set(await watches.names())
      if (taken.size >= MOST) throw new Problem('ask', `There are already ${MOST} watches: delete one first`)
      const now = new Date().toISOString()
      const id = newId(taken)
      const watch: KeptWatch = { id, version: 1, title, condition, paused, owner: identity.key, by, made: now, changed: now }
      await watches.write(id, watch)
      return watch
    })
    return respondJson(await shown(context, made), requestId, 201)
  },
  { method: 'POST' },
)

export const read = handle('watch', async (context, path) => {
  refuseKeys(context.params)
  return respondJson(await shown(context, await kept(context, path)), context.requestId)
})

export const change = handle(
  'watch',
  async (context, path) => {
    refuseKeys(context.params)
    const { version, title, condition, paused } = await readBody(context, changedWatch)
    checkCondition(condition)
    const now = await inTurn(context.watches, async () => {
      const known = await own(context, path, version)
      const next: KeptWatch = { ...known, version: version + 1, title, condition, paused, changed: new Date().toISOString() }
      await context.watches.write(known.id, next)
      return next
    })
    return respondJson(await shown(context, now), context.requestId)
  },
  { method: 'PUT' },
)

/** Deletes a watch and its alerts. `version` is the version that the client has seen. */
export const remove = handle(
  'watch',
  async (context, path) => {
    refuseKeys(context.params, ['version'])
    const { watches, rounds, alerts, deliveries, params, requestId } = context
    await inTurn(watches, async () => {
      const { id } = await own(context, path, Number(params.get('version') ?? Number.NaN))
      await watches.remove(id)
      await rounds.remove(id)
      for (const alert of (await alertsOf(alerts)).alerts) {
        if (alert.watch !== id) continue
        await alerts.remove(alert.id)
        await deliveries.remove(alert.id)
      }
    })
    return respondJson({ deleted: idOf(path) }, requestId)
  },
  { method: 'DELETE' },
)
