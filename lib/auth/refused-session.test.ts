import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EncryptJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ALICE, BOB, type TestPerson } from '@/scripts/entra/people'
import { credentialFor } from './credential'
import { endSession, finishSignIn } from './finish'
import { identify, sessionId } from './identity'
import { Seal } from './session/seal'
import { cameBack, makeOurs, openDesk, SECRET, signedIn, visit } from './test/desk'

const HOME = 'https://flowlens.test'
const NAME = '__Host-flowlens-session'
const HOURS = 3_600_000
type Desk = Awaited<ReturnType<typeof openDesk>>

let folder: string
let desk: Desk
let cookie: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flowlens-sessions-'))
  desk = await openDesk({ config: { tokenFolder: folder } })
  makeOurs(desk.signIn)
  cookie = (await signedIn(desk.signIn, desk.standIn)).cookie
})
afterEach(async () => {
  makeOurs(null)
  await rm(folder, { recursive: true })
})

/** Another server process with the same folder. */
async function restart(sessionSecrets: string[]): Promise<void> {
  const next = await openDesk({ config: { tokenFolder: folder, sessionSecrets }, standIn: desk.standIn })
  next.clock.now = desk.clock.now
  makeOurs(next.signIn)
}

const value = (written: string) => written.split(';')[0]!.slice(NAME.length + 1)
const filesOf = async (kind: string) =>
  (await readdir(folder)).filter((name) => name.startsWith(`${kind}-`)).map((name) => join(folder, name))
const token = (payload: Record<string, unknown>, key: Uint8Array) =>
  new EncryptJWT({ value: payload }).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).setExpirationTime('1h').encrypt(key)
const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url')

async function other(person: TestPerson): Promise<string> {
  return (await signedIn(desk.signIn, desk.standIn, person)).cookie
}

/** Each case changes one thing and returns the cookies of the next request. */
const CASES: Record<string, [change: () => Promise<string[]> | string[], says: string]> = {
  'no cookie': [() => [], 'Session is missing'],
  'an empty cookie': [() => [`${NAME}=`], 'Session is missing'],
  'a cookie without the prefix that binds it to the host': [() => [cookie.replace('__Host-', '')], 'Session is missing'],
  'the cookie under another name': [() => [cookie.replace('session', 'sessions')], 'Session is missing'],
  'a cookie with one character changed': [() => [`${NAME}=${value(cookie).replace(/.{20}$/, 'A'.repeat(20))}`], 'cannot be opened'],
  'a cookie cut short': [() => [`${NAME}=${value(cookie).slice(0, -4)}`], 'cannot be opened'],
  'a cookie with something behind it': [() => [`${NAME}=${value(cookie)}.x`], 'cannot be opened'],
  'a cookie of words': [() => [`${NAME}=null`], 'cannot be opened'],
  'an id that is not sealed': [async () => [`${NAME}=${await sessionId(desk.signIn, visit(HOME, [cookie]))}`], 'cannot be opened'],
  'an id sealed with a key of its own': [async () => [`${NAME}=${await token({ id: 'x' }, new Uint8Array(32))}`], 'cannot be opened'],
  'an id in a token without signature': [
    () => [`${NAME}=${encode({ alg: 'none' })}.${encode({ value: { id: 'x' } })}.`],
    'cannot be opened',
  ],
  'the cookie of a sign-in under way': [
    async () => [`${NAME}=${(await cameBack(desk.signIn, desk.standIn, ALICE)).cookie.split(';')[0]!.replace(/^[^=]+=/, '')}`],
    'cannot be opened',
  ],
  'what the store keeps, as a cookie': [
    async () => [`${NAME}=${await readFile((await filesOf('session'))[0]!, 'utf8')}`],
    'cannot be opened',
  ],
  'an id that was never given out': [
    async () => [`${NAME}=${await desk.signIn.seal.close('cookie', '', { id: 'invented' }, 60)}`],
    'has ended',
  ],
  'an id that is a path': [
    async () => [`${NAME}=${await desk.signIn.seal.close('cookie', '', { id: '../../etc/passwd' }, 60)}`],
    'has ended',
  ],
  'an id that is no text': [async () => [`${NAME}=${await desk.signIn.seal.close('cookie', '', { id: ['x'] }, 60)}`], 'cannot be opened'],
  'a cookie that is over': [
    async () => {
      const sealed = await desk.signIn.seal.close('cookie', '', { id: 'x' }, 60)
      desk.pass(61_000)
      return [`${NAME}=${sealed}`]
    },
    'cannot be opened',
  ],
  'the cookie twice': [() => [cookie, cookie], 'occurs twice'],
  'two cookies of two people': [async () => [cookie, await other(BOB)], 'occurs twice'],
  'a cookie of 4 kB': [() => [`${NAME}=${'A'.repeat(4000)}`], 'cookie is too long'],
  'a session that nobody used for eight hours': [
    () => {
      desk.pass(8 * HOURS)
      return [cookie]
    },
    'was idle for too long',
  ],
  'a session of a day, used all the time': [
    async () => {
      for (let hour = 0; hour < 23; hour++) {
        desk.pass(HOURS)
        await identify(visit(HOME, [cookie]))
      }
      desk.pass(HOURS - 1000)
      const late = await desk.signIn.seal.close('cookie', '', { id: await sessionId(desk.signIn, visit(HOME, [cookie])) }, 60)
      desk.pass(1000)
      return [`${NAME}=${late}`]
    },
    'has reached its maximum age',
  ],
  'a session that was signed out': [
    async () => {
      await endSession(desk.signIn, (await sessionId(desk.signIn, visit(HOME, [cookie])))!)
      return [cookie]
    },
    'has ended',
  ],
  'a session that was signed out on another instance': [
    async () => {
      const twin = await openDesk({ config: { tokenFolder: folder }, standIn: desk.standIn })
      await endSession(twin.signIn, (await sessionId(twin.signIn, visit(HOME, [cookie])))!)
      return [cookie]
    },
    'has ended',
  ],
  'a session that another sign-in in the same browser ended': [
    async () => {
      const { back, cookie: under } = await cameBack(desk.signIn, desk.standIn, BOB)
      await finishSignIn(desk.signIn, visit(back, [under, cookie]))
      return [cookie]
    },
    'has ended',
  ],
  'a session that Entra wants to see again': [
    async () => {
      desk.standIn.revoke(ALICE)
      const asked = credentialFor(await identify(visit(HOME, [cookie]))).getToken('x', { claims: '{"access_token":{}}' })
      await expect(asked).rejects.toMatchObject({ kind: 'signin' })
      return [cookie]
    },
    'has ended',
  ],
  'a cookie sealed with a secret that was replaced': [
    async () => {
      await restart(['the-next-secret-of-32-characters-'])
      return [cookie]
    },
    'cannot be opened',
  ],
  'a session of the store that was changed': [
    async () => {
      const [file] = await filesOf('session')
      await writeFile(file!, (await readFile(file!, 'utf8')).replace(/.{10}$/, 'AAAAAAAAAA'))
      return [cookie]
    },
    'can no longer be opened',
  ],
  "somebody else's session in the place of one's own": [
    async () => {
      const [mine] = await filesOf('session')
      await other(BOB)
      const theirs = (await filesOf('session')).find((file) => file !== mine)
      await writeFile(mine!, await readFile(theirs!, 'utf8'))
      return [cookie]
    },
    'can no longer be opened',
  ],
  "one's tokens in the place of one's session": [
    async () => {
      const [[session], [tokens]] = [await filesOf('session'), await filesOf('tokens')]
      await writeFile(session!, await readFile(tokens!, 'utf8'))
      return [cookie]
    },
    'can no longer be opened',
  ],
  'a session that the store lost': [
    async () => {
      for (const file of await filesOf('session')) await rm(file)
      return [cookie]
    },
    'has ended',
  ],
}

describe('access is refused with', () => {
  it.each(Object.entries(CASES))('%s', async (_, [change, says]) => {
    expect(await identify(visit(HOME, [cookie]))).toMatchObject({ name: 'Alice Adler' })
    const cookies = await change()
    const problem = await identify(visit(HOME, cookies)).then(
      () => null,
      (error: unknown) => error as Error,
    )
    expect(problem?.message).toContain(says)
    expect(problem).toMatchObject({ name: 'Problem', kind: 'signin' })
  })
})

describe('a session outlives', () => {
  it('a restart', async () => {
    await restart([SECRET])
    expect(await identify(visit(HOME, [cookie]))).toMatchObject({ name: 'Alice Adler' })
  })

  it('a new secret, if the old one stays in the list, and so do its tokens', async () => {
    await restart(['the-next-secret-of-32-characters-', SECRET])
    const identity = await identify(visit(HOME, [cookie]))
    expect(await credentialFor(identity).getToken('x')).toMatchObject({ token: expect.stringMatching(/^ey/) })
  })

  it("somebody else's sign-out", async () => {
    const bob = await other(BOB)
    await endSession(desk.signIn, (await sessionId(desk.signIn, visit(HOME, [bob])))!)
    expect(await identify(visit(HOME, [cookie]))).toMatchObject({ name: 'Alice Adler' })
  })
})

it('the stored files reveal no person, no session id and no token', async () => {
  const id = await sessionId(desk.signIn, visit(HOME, [cookie]))
  const refresh = await desk.signIn.sessions.tokens(id!)
  const names = await readdir(folder)
  const kept = [...names, ...(await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8'))))].join('\n')
  expect(names.length).toBe(2)
  for (const secret of [id!, ALICE.id, 'Alice', /refresh-[\w-]{20}/.exec(refresh!)![0]]) {
    expect(kept).not.toContain(secret)
    expect(kept).not.toContain(Buffer.from(secret).toString('base64url').slice(0, -2))
  }
})

it('a sealed value opens only for its own purpose and name', async () => {
  const seal = new Seal([SECRET])
  const sealed = await seal.close('session', 'a', { x: 1 }, 60)
  expect(await seal.open('session', 'a', sealed)).toEqual({ x: 1 })
  expect([await seal.open('session', 'b', sealed), await seal.open('tokens', 'a', sealed), await seal.open('cookie', '', sealed)]).toEqual([
    null,
    null,
    null,
  ])
})
