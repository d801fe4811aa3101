import { describe, expect, it } from 'vitest'
import { ALICE, BOB, HOME_TENANT, MALLORY, OTHER_TENANT } from '@/scripts/entra/people'
import { StandIn } from '@/scripts/entra/stand-in'
import { makeKeys, Tokens } from '@/scripts/entra/tokens'
import { CLIENT, openDesk } from '../test/desk'

const AUTHORITY = 'https://entra.test'
const keys = makeKeys()

async function judge(config = {}) {
  const standIn = await StandIn.make(AUTHORITY, [ALICE, MALLORY], [CLIENT], keys)
  const { signIn } = await openDesk({ standIn, config })
  return { verify: (token: string, nonce = 'n') => signIn.idTokens.verify(token, nonce), tokens: new Tokens(AUTHORITY, await keys) }
}

describe('an ID token', () => {
  it('identifies the person by tenant and object id in lower case', async () => {
    const { verify, tokens } = await judge()
    const shouted = { ...BOB, id: BOB.id.toUpperCase() }
    expect(await verify(await tokens.idToken(shouted, CLIENT.id, 'n', null))).toEqual({
      tenant: HOME_TENANT,
      object: BOB.id,
      name: BOB.name,
    })
  })

  it('uses the address if there is no name, without characters that change the writing direction', async () => {
    const { verify, tokens } = await judge()
    expect((await verify(await tokens.idToken({ ...BOB, name: '' }, CLIENT.id, 'n', null))).name).toBe(BOB.address)
    expect((await verify(await tokens.idToken({ ...BOB, name: `\u202eecilA\u0007${'x'.repeat(200)}` }, CLIENT.id, 'n', null))).name).toBe(
      `ecilA${'x'.repeat(95)}`,
    )
  })

  it.each(['other', '', 'N', 'nn'])('with another nonce than %j belongs to another sign-in', async (nonce) => {
    const { verify, tokens } = await judge()
    const token = await tokens.idToken(ALICE, CLIENT.id, 'n', null)
    await expect(verify(token, nonce)).rejects.toMatchObject({
      kind: 'signin',
      message: expect.stringContaining('belongs to another sign-in'),
    })
  })

  it('of another admitted tenant is verified with the keys of that tenant', async () => {
    const { verify, tokens } = await judge({ tenants: [HOME_TENANT, OTHER_TENANT] })
    const token = await tokens.idToken(MALLORY, CLIENT.id, 'n', null)
    expect((await verify(token)).tenant).toBe(OTHER_TENANT)
    const { verify: strict } = await judge()
    await expect(strict(token)).rejects.toMatchObject({ kind: 'denied' })
  })

  it.each(['', 'x', 'a.b.c', '..', 'null', 'eyJhbGciOiJSUzI1NiJ9.e30.'])('is not %j', async (token) => {
    const { verify } = await judge()
    await expect(verify(token)).rejects.toMatchObject({ name: 'Problem' })
  })
})
