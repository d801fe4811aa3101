import 'server-only'
import { ALERT_ID, type Alert, acknowledgement, alertsAnswer, type KeptAlert } from '@/lib/flow/answer/kept/alert'
import { WATCH_ID } from '@/lib/flow/answer/kept/watch'
import { Problem } from '@/lib/flow/problem'
import { type Context, handle, type Path } from '@/lib/http/door/handle'
import { readBody } from '@/lib/http/door/read-body'
import { refuseKeys } from '@/lib/http/door/refuse-keys'
import { inTurn } from '@/lib/http/folders/in-turn'
import { respondJson } from '@/lib/http/report/respond'
import { settings } from '@/lib/http/server/settings'
import { nameOf } from '@/lib/webhook/tell'
import { alertsOf } from './kept-alerts'
import { digestOf } from './outbox'

/** Maximum number of alerts in an answer. */
const SHOWN = 200

function idOf(path: Path): string {
  const id = String(path.id ?? '')
  if (!ALERT_ID.test(id)) throw new Problem('ask', 'Id is not the id of an alert', { key: 'id' })
  return id
}

function watchIn(params: URLSearchParams): string | null {
  const id = params.get('watch')
  if (id !== null && !WATCH_ID.test(id)) throw new Problem('ask', 'Key watch: expected the id of a watch', { key: 'watch', at: 0 })
  return id
}

async function show({ deliveries }: Pick<Context, 'deliveries'>, { webhooks, ...alert }: KeptAlert): Promise<Alert> {
  const ledger = await deliveries.read(alert.id).catch(() => null)
  const addresses = new Map(settings().watch.webhooks.map((address) => [digestOf(address), nameOf(address)]))
  return {
    ...alert,
    deliveries: webhooks.map((digest) => {
      const known = ledger?.find(({ webhook }) => webhook === digest)
      const { state = 'waiting', tries = 0, at = null, problem = null } = known ?? {}
      return { webhook: addresses.get(digest) ?? 'an address that is not configured any more', state, tries, at, problem }
    }),
  }
}

/** Lists the alerts of all watches, or of the watch with id `watch`, newest first. */
export const list = handle('alerts', async (context) => {
  refuseKeys(context.params, ['watch'])
  const watch = watchIn(context.params)
  const { alerts, problems } = await alertsOf(context.alerts)
  const asked = alerts.filter((alert) => watch === null || alert.watch === watch)
  const newest = asked.sort((a, b) => (a.found < b.found ? 1 : a.found > b.found ? -1 : a.id < b.id ? -1 : 1)).slice(0, SHOWN)
  const answer = {
    total: asked.length,
    open: asked.filter(({ acknowledged }) => acknowledged === null).length,
    alerts: await Promise.all(newest.map((alert) => show(context, alert))),
    problems,
  }
  return respondJson(alertsAnswer.parse(answer), context.requestId)
})

/** Acknowledges an alert, or reverts that. Everybody who may use the server may do so. */
export const acknowledge = handle(
  'alert',
  async (context, path) => {
    refuseKeys(context.params)
    const id = idOf(path)
    const { acknowledged, note } = await readBody(context, acknowledgement)
    const { identity } = context
    const by = identity.kind === 'person' ? identity.name : null
    const next = await inTurn(context.alerts, async () => {
      const alert = await context.alerts.read(id)
      if (alert === null) throw new Problem('absent', `Alert ${id} does not exist: its watch was deleted`, { key: 'id' })
      const so: KeptAlert = { ...alert, acknowledged: acknowledged ? { at: new Date().toISOString(), by, note } : null }
      await context.alerts.write(id, so)
      return so
    })
    return respondJson(await show(context, next), context.requestId)
  },
  { method: 'PUT' },
)
