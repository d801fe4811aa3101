import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeOurs, openDesk } from '@/lib/auth/test/desk'
import { readSignInFailed } from '@/lib/flow/access/sign-in-failed'
import { handle } from '@/lib/http/door/handle'
import { respondJson } from '@/lib/http/report/respond'
import type { Road } from '@/lib/ingest/road/road'
import { ALICE } from '@/scripts/entra/people'
import { send, serve } from '../test/serve'
import { callback } from './callback'
import { login } from './login'
import { logout } from './logout'
import { me } from './me'

const HOME = 'https://flowlens.test'
const path = { params: Promise.resolve({}) }
const secrets = handle('secrets', async ({ identity, requestId }) => respondJson({ key: identity.key }, requestId))
let desk: Awaited<ReturnType<typeof openDesk>>

beforeEach(async () => {
  serve({ store: { isBroken: false } } as Road)
  desk = await openDesk()
  makeOurs(desk.signIn)
})
afterEach(() => makeOurs(null))

/** A request as a browser behind a proxy sends it, with its cookies. */
function ask(
  route: typeof login,
  address: string,
  cookies: readonly string[] = [],
  headers: Record<string, string> = {},
): Promise<Response> {
  const cookie = cookies.map((one) => one.split(';')[0]).join('; ')
  return route(new Request(`http://localhost:3000${address}`, { headers: { ...headers, ...(cookie === '' ? {} : { cookie }) } }), path)
}

async function begun(returnTo = '/rules'): Promise<{ back: string; cookies: string[] }> {
  const response = await ask(login, `/api/auth/login?returnTo=${encodeURIComponent(returnTo)}`)
  const back = new URL(desk.standIn.pick(response.headers.get('location')!, ALICE))
  return { back: back.pathname + back.search, cookies: response.headers.getSetCookie() }
}

async function signedIn(): Promise<string> {
  const { back, cookies } = await begun()
  return (await ask(callback, back, cookies)).headers.getSetCookie()[0]!
}

describe('sign-in over HTTP', () => {
  it('ends at the requested link, on the configured address, whatever host the request names', async () => {
    const { back, cookies } = await begun('/rules?q=dport:22')
    const hostile = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      forwarded: 'host=evil.example',
    }
    const login2 = await ask(login, '/api/auth/login', [], hostile)
    expect(new URL(login2.headers.get('location')!).searchParams.get('redirect_uri')).toBe(`${HOME}/api/auth/callback`)
    const response = await ask(callback, back, cookies, hostile)
    expect([response.status, response.headers.get('location')]).toEqual([303, `${HOME}/rules?q=dport:22`])
    expect(response.headers.get('cache-control')).toContain('no-store')
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
  })

  it('reports a failure at the requested link, in our own words, and forgets the attempt', async () => {
    const { cookies } = await begun()
    const response = await ask(callback, '/api/auth/callback?state=x&code=y&error_description=call+us', cookies)
    const told = new URL(response.headers.get('location')!)
    expect(told.href).toMatch(new RegExp(`^${HOME}/rules#sign-in=signin,[\\w-]{36}$`))
    expect(readSignInFailed(told.hash)).toMatchObject({ problem: 'signin' })
    expect(response.headers.getSetCookie()).toEqual([expect.stringMatching(/^__Host-flowlens-sign-in=; .*Max-Age=0/)])
  })

  it('refuses unknown keys', async () => {
    expect((await ask(login, '/api/auth/login?redirect=https://evil.example')).status).toBe(400)
  })

  it('refuses all requests before', async () => {
    const response = await ask(secrets, '/api/secrets')
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ error: { kind: 'signin', message: 'Session is missing or over: sign in' } })
    expect(await (await ask(me, '/api/auth/me')).json()).toEqual({ signIn: true, person: null })
  })

  it('admits requests afterwards, until the sign-out', async () => {
    const session = await signedIn()
    expect(await (await ask(secrets, '/api/secrets', [session])).json()).toMatchObject({ key: expect.stringContaining(ALICE.id) })
    expect(await (await ask(me, '/api/auth/me', [session])).json()).toEqual({
      signIn: true,
      person: { name: ALICE.name, tenant: ALICE.tenant },
    })
    const cookie = session.split(';')[0]!
    const out = await send(logout, 'POST', { headers: { cookie } })
    expect([out.status, out.headers.getSetCookie()]).toEqual([200, [expect.stringContaining('Max-Age=0')]])
    expect((await ask(secrets, '/api/secrets', [session])).status).toBe(401)
    expect(await (await ask(me, '/api/auth/me', [session])).json()).toEqual({ signIn: true, person: null })
  })

  it.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('lets no other site sign people out: %j', async (headers) => {
    const session = await signedIn()
    expect((await send(logout, 'POST', { headers: { cookie: session.split(';')[0]!, ...headers } })).status).toBe(403)
    expect((await ask(secrets, '/api/secrets', [session])).status).toBe(200)
  })

  it('is absent if it is not configured', async () => {
    makeOurs(null)
    expect((await ask(login, '/api/auth/login')).status).toBe(404)
    expect(await (await ask(me, '/api/auth/me')).json()).toEqual({ signIn: false, person: null })
    expect(await (await ask(secrets, '/api/secrets')).json()).toEqual({ key: 'local' })
  })
})
