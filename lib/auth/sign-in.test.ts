import { decodeJwt } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ALICE, BOB, HOME_TENANT, MALLORY, OTHER_TENANT } from '@/scripts/entra/people'
import { beginSignIn } from './begin'
import { credentialFor } from './credential'
import { finishSignIn } from './finish'
import { type Identity, identify } from './identity'
import { cameBack, makeOurs, openDesk, signedIn, visit } from './test/desk'

const HOME = 'https://flowlens.test'
type Desk = Awaited<ReturnType<typeof openDesk>>
let desk: Desk

beforeEach(async () => {
  desk = await openDesk()
  makeOurs(desk.signIn)
})
afterEach(() => makeOurs(null))

describe('signing in', () => {
  it('sends PKCE, state and nonce, and requests the right to read storage as the person', async () => {
    const { location } = await beginSignIn(desk.signIn, visit(HOME), '/')
    const { origin, pathname, searchParams: asked } = new URL(location)
    expect(origin + pathname).toBe(`https://entra.test/${HOME_TENANT}/oauth2/v2.0/authorize`)
    expect(Object.fromEntries(asked)).toMatchObject({
      redirect_uri: `${HOME}/api/auth/callback`,
      response_mode: 'query',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      prompt: 'select_account',
      scope: expect.stringContaining('https://storage.azure.com/user_impersonation'),
    })
  })

  it('identifies the person by tenant and object', async () => {
    const { cookie, person } = await signedIn(desk.signIn, desk.standIn)
    expect(person).toEqual({ tenant: HOME_TENANT, object: ALICE.id, name: ALICE.name })
    expect(await identify(visit(HOME, [cookie]))).toMatchObject({ kind: 'person', key: `${HOME_TENANT}/${ALICE.id}`, name: 'Alice Adler' })
  })

  it('returns to the requested link', async () => {
    const { back, cookie } = await cameBack(desk.signIn, desk.standIn, ALICE, '/explorer?q=dport:22#x')
    expect((await finishSignIn(desk.signIn, visit(back, [cookie]))).returnTo).toBe('/explorer?q=dport:22#x')
  })

  it('sets cookies that only this host gets and no page can read', async () => {
    const { cookies } = await signedIn(desk.signIn, desk.standIn)
    expect(cookies[0]).toMatch(/^__Host-flowlens-session=[\w.-]+; Path=\/; Max-Age=86400; HttpOnly; SameSite=Lax; Secure$/)
    expect(cookies[1]).toMatch(/^__Host-flowlens-sign-in=; Path=\/; Max-Age=0; /)
    expect(cookies[0]!.length).toBeLessThan(500)
  })

  it('uses a new id each time, and ends the previous session', async () => {
    const first = await signedIn(desk.signIn, desk.standIn)
    const { back, cookie } = await cameBack(desk.signIn, desk.standIn, ALICE)
    const second = await finishSignIn(desk.signIn, visit(back, [cookie, first.cookie]))
    const before = identify(visit(HOME, [first.cookie]))
    await expect(before).rejects.toMatchObject({ kind: 'signin', message: 'Session has ended: sign in again' })
    expect(await identify(visit(HOME, [second.cookies[0]!]))).toMatchObject({ name: 'Alice Adler' })
  })

  it('admits the tenants on the list, each with its own keys', async () => {
    const wide = await openDesk({ config: { tenants: [HOME_TENANT, OTHER_TENANT] } })
    expect((await signedIn(wide.signIn, wide.standIn, MALLORY)).person.tenant).toBe(OTHER_TENANT)
    expect((await signedIn(wide.signIn, wide.standIn, BOB)).person.tenant).toBe(HOME_TENANT)
  })

  it('keeps no tokens if storage is not read as the person', async () => {
    const plain = await openDesk({ credential: 'app' })
    makeOurs(plain.signIn)
    const { cookie } = await signedIn(plain.signIn, plain.standIn)
    const identity = await identify(visit(HOME, [cookie]))
    expect(identity.kind === 'person' && (await plain.signIn.sessions.tokens(identity.session))).toBeNull()
    expect(plain.standIn.asked[0]?.get('scope')).not.toContain('storage')
  })

  it('lasts while it is used, for a day at most', async () => {
    const { cookie } = await signedIn(desk.signIn, desk.standIn)
    for (let hour = 0; hour < 21; hour += 7) {
      desk.clock.now += 7 * 3_600_000
      expect(await identify(visit(HOME, [cookie]))).toMatchObject({ kind: 'person' })
    }
    desk.clock.now += 3 * 3_600_000
    await expect(identify(visit(HOME, [cookie]))).rejects.toMatchObject({ kind: 'signin' })
  })
})

describe('the storage token of a person', () => {
  async function asAlice(): Promise<{ identity: Identity; cookie: string }> {
    const { cookie } = await signedIn(desk.signIn, desk.standIn)
    return { identity: await identify(visit(HOME, [cookie])), cookie }
  }
  const requests = () => desk.standIn.asked.length

  it('is their own, and requested once for simultaneous callers', async () => {
    const alice = (await asAlice()).identity
    const before = requests()
    const tokens = await Promise.all(
      Array.from({ length: 20 }, () => credentialFor(alice).getToken('https://graph.microsoft.com/.default')),
    )
    expect(new Set(tokens.map((one) => one?.token)).size).toBe(1)
    expect(decodeJwt(tokens[0]!.token)).toMatchObject({ oid: ALICE.id, tid: HOME_TENANT, aud: 'https://storage.azure.com' })
    expect(requests() - before).toBeLessThanOrEqual(1)
  })

  it('is never that of another person, with twenty people at once', async () => {
    const wide = await openDesk({ config: { tenants: [HOME_TENANT, OTHER_TENANT] } })
    makeOurs(wide.signIn)
    wide.standIn.lifetime = 200
    const people = Array.from({ length: 21 }, (_, i) => [ALICE, BOB, MALLORY][i % 3]!)
    const sessions = await Promise.all(people.map((person) => signedIn(wide.signIn, wide.standIn, person)))
    const before = wide.standIn.asked.length
    const tokens = await Promise.all(
      sessions.map(async ({ cookie }) =>
        credentialFor(await identify(visit(HOME, [cookie]))).getToken('https://storage.azure.com/.default'),
      ),
    )
    expect(tokens.map((one) => decodeJwt(one!.token).oid)).toEqual(people.map(({ id }) => id))
    expect(wide.standIn.asked.length - before).toBe(people.length)
  })

  it('is refreshed five minutes before it ends, and the new refresh token is kept', async () => {
    desk.standIn.lifetime = 299
    const credential = credentialFor((await asAlice()).identity)
    const [first, second] = [await credential.getToken('x'), await credential.getToken('x')]
    expect(second?.token).not.toBe(first?.token)
    expect(desk.standIn.asked.map((form) => form.get('grant_type'))).toEqual(['authorization_code', 'refresh_token', 'refresh_token'])
    expect(desk.standIn.asked[1]?.get('refresh_token')).not.toBe(desk.standIn.asked[2]?.get('refresh_token'))
    desk.standIn.lifetime = 600
    expect(await credential.getToken('x')).toEqual(await credential.getToken('x'))
  })

  it('ends with the session when Entra demands a new sign-in, and the next sign-in sends its claims', async () => {
    const { identity, cookie } = await asAlice()
    desk.standIn.revoke(ALICE, '{"access_token":{"acrs":{"value":"c1"}}}')
    const asked = credentialFor(identity).getToken('x', { claims: '{"access_token":{}}' })
    await expect(asked).rejects.toMatchObject({ kind: 'signin', message: expect.stringContaining('AADSTS50076') })
    await expect(identify(visit(HOME, [cookie]))).rejects.toMatchObject({ kind: 'signin' })
    const { location } = await beginSignIn(desk.signIn, visit(HOME, [cookie]), '/')
    expect(new URL(location).searchParams.get('claims')).toContain('"acrs"')
    expect(new URL(location).searchParams.get('prompt')).toBeNull()
  })
})
