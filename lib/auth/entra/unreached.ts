import { Problem } from '@/lib/flow/problem'
import { fillWay, obstacleOf, type Way } from '@/lib/net/obstacles'
import { proxyFor } from '@/lib/net/proxy'

/** Returns the obstacle between us and the sign-in service at `url`, with the advice, if one is known. */
export function networkProblem(url: string, cause: unknown): Problem {
  if (cause instanceof Problem) return cause
  const { code } = (cause ?? {}) as { code?: unknown }
  const said = typeof code === 'string' && /^\w{1,80}$/.test(code) ? code : undefined
  return unreached({ url: new URL(url), status: undefined, code: said, isGenuine: false, proxy: proxyFor(url) }, cause)
}

/** Returns the problem if a proxy in between answered instead of the sign-in service; otherwise null. */
export function inPlace(url: string, status: number): Problem | null {
  const way = { url: new URL(url), status: status >= 400 ? status : undefined, code: undefined, isGenuine: false, proxy: proxyFor(url) }
  return way.status === undefined || obstacleOf(way) === null ? null : unreached(way)
}

function unreached(way: Way, cause?: unknown): Problem {
  const { host } = way.url
  const change = obstacleOf(way)?.change
  const said = way.status ?? way.code
  const advice = change === undefined ? '' : `: ${fillWay(change, way)}`
  return new Problem('source', `Sign-in service ${host} could not be reached${advice}${said === undefined ? '' : ` (${said})`}`, {
    where: host,
    ...(cause === undefined ? {} : { cause }),
  })
}
