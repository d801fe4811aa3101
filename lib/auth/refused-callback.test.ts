import { beforeAll, describe, expect, it } from 'vitest'
import { ALICE, BOB, HOME_TENANT, MALLORY, type TestPerson } from '@/scripts/entra/people'
import type { Fault } from '@/scripts/entra/stand-in'
import type { Forgery } from '@/scripts/entra/tokens'
import { finishSignIn } from './finish'
import { cameBack, openDesk, signedIn, visit } from './test/desk'

type Desk = Awaited<ReturnType<typeof openDesk>>

interface Return {
  desk: Desk
  back: URL
  /** As a browser sends them, joined by `; `. */
  cookies: string[]
}

interface Case {
  wishes?: Parameters<typeof openDesk>[0]
  person?: TestPerson
  forgery?: Forgery
  faults?: Fault[]
  /** Changes one thing that makes a valid sign-in invalid. */
  but?: (come: Return) => void | Promise<void>
  kind?: string
  says: string
}

const flip = (text: string, at: number) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
const value = (cookie: string) => cookie.split(';')[0]!.replace(/^[^=]+=/, '')
const NAME = '__Host-flowlens-sign-in'

const CASES: Record<string, Case> = {
  'no cookie': { but: ({ cookies }) => void cookies.splice(0), says: 'Sign-in was not started in this browser' },
  'a cookie after ten minutes': { but: ({ desk }) => desk.pass(601_000), says: 'Sign-in took too long' },
  'a cookie with one character changed': {
    but: ({ cookies }) => void cookies.splice(0, 1, flip(cookies[0]!, cookies[0]!.indexOf(';') - 30)),
    says: 'Sign-in took too long',
  },
  'a cookie cut short': {
    but: ({ cookies }) => void cookies.splice(0, 1, cookies[0]!.split(';')[0]!.slice(0, -9)),
    says: 'Sign-in took too long',
  },
  'a cookie that is no cookie of ours': {
    but: ({ cookies }) => void cookies.splice(0, 1, `${NAME}=%7B%22state%22%7D`),
    says: 'Sign-in took too long',
  },
  'the cookie of a session in its place': {
    but: async ({ desk, cookies }) => {
      const { cookie } = await signedIn(desk.signIn, desk.standIn)
      cookies.splice(0, 1, `${NAME}=${value(cookie)}`)
    },
    says: 'Sign-in took too long',
  },
  'a cookie sealed with a secret that nobody knows': {
    but: async ({ desk, cookies }) => {
      const other = await openDesk({ config: { sessionSecrets: ['another-secret-of-thirty-two-chars'] }, standIn: desk.standIn })
      cookies.splice(0, 1, (await cameBack(other.signIn, desk.standIn, ALICE)).cookie)
    },
    says: 'Sign-in took too long',
  },
  'a cookie that is there twice': { but: ({ cookies }) => void cookies.push(cookies[0]!), says: 'occurs twice' },
  'a cookie that is there twice, once empty': { but: ({ cookies }) => void cookies.push(`${NAME}=`), says: 'occurs twice' },
  'a cookie of 4 kB': { but: ({ cookies }) => void cookies.splice(0, 1, `${NAME}=${'A'.repeat(4000)}`), says: 'cookie is too long' },
  'the cookie of another sign-in': {
    but: async ({ desk, cookies }) => void cookies.splice(0, 1, (await cameBack(desk.signIn, desk.standIn, ALICE)).cookie),
    says: 'belongs to another sign-in',
  },
  'no state': { but: ({ back }) => back.searchParams.delete('state'), says: 'belongs to another sign-in' },
  'an empty state': { but: ({ back }) => back.searchParams.set('state', ''), says: 'belongs to another sign-in' },
  'a state cut short': {
    but: ({ back }) => back.searchParams.set('state', back.searchParams.get('state')!.slice(0, -1)),
    says: 'belongs to another sign-in',
  },
  'two states, one of them right': {
    but: ({ back }) => back.searchParams.append('state', 'x'),
    says: 'belongs to another sign-in',
  },
  'no code': { but: ({ back }) => back.searchParams.delete('code'), says: 'has no code' },
  'two codes': { but: ({ back }) => back.searchParams.append('code', 'x'), says: 'has no code' },
  'an invented code': { but: ({ back }) => back.searchParams.set('code', 'invented'), says: 'invalid_grant, AADSTS54005' },
  'a code that was used': {
    but: async ({ desk, back, cookies }) => void (await finishSignIn(desk.signIn, visit(back.href, cookies))),
    says: 'invalid_grant, AADSTS54005',
  },
  "somebody else's code (the verifier is not its own)": {
    but: async ({ desk, back }) => {
      const other = await cameBack(desk.signIn, desk.standIn, BOB)
      back.searchParams.set('code', new URL(other.back).searchParams.get('code')!)
    },
    says: 'invalid_grant, AADSTS501481',
  },
  'a code for another redirect': {
    but: ({ desk }) => void Object.assign(desk.signIn.config, { publicUrl: 'https://elsewhere.test' }),
    says: 'invalid_grant, AADSTS500112',
  },
  'a person who cancelled': { but: ({ back }) => back.searchParams.set('error', 'access_denied'), says: 'Sign-in was cancelled' },
  'an error with a text to be shown': {
    but: ({ back }) => {
      back.searchParams.set('error', '<b>call us</b>')
      back.searchParams.set('error_description', 'AADSTS90094: call 555-0100')
    },
    says: 'Sign-in was refused by the sign-in service (unknown, AADSTS90094)',
  },
  'an ID token without signature': { forgery: 'alg:none', says: 'ID token is not signed with RS256' },
  'an ID token signed with the public key as a secret': { forgery: 'alg:HS256', says: 'ID token is not signed with RS256' },
  'an ID token signed with another key': { forgery: 'key', says: 'ID token is signed with an unknown key' },
  'an ID token signed with a key that nobody tells': { forgery: 'kid', says: 'ID token is signed with an unknown key' },
  'an ID token changed after it was signed': { forgery: 'payload', says: 'ID token is signed with an unknown key' },
  'an ID token for another app': { forgery: 'aud', says: 'ID token has another audience' },
  'an ID token of another issuer': { forgery: 'iss', says: 'ID token has another issuer' },
  'an ID token of another tenant': { forgery: 'tid', kind: 'denied', says: 'Accounts of this tenant may not sign in here' },
  'an ID token that is over': { forgery: 'exp', says: 'ID token has expired' },
  'an ID token without an end': { forgery: 'no exp', says: 'ID token has another exp' },
  'an ID token of tomorrow': { forgery: 'nbf', says: 'ID token has another nbf' },
  'an ID token of another sign-in': { forgery: 'nonce', says: 'nonce_mismatch' },
  'an ID token without nonce': { forgery: 'no nonce', says: 'nonce' },
  'an ID token that names nobody': { forgery: 'no oid', says: 'ID token names nobody' },
  'a person of a tenant that is not on the list': {
    wishes: { config: { tenants: [HOME_TENANT, 'dddddddd-0000-4000-8000-00000000000d'] } },
    person: MALLORY,
    kind: 'denied',
    says: 'Accounts of this tenant may not sign in here',
  },
  'a wrong secret of the app': {
    wishes: { config: { proof: { kind: 'secret', secret: 'old' } } },
    kind: 'config',
    says: 'invalid_client, AADSTS7000215',
  },
  'a proof that is not there': {
    but: ({ desk }) => void Object.assign(desk.signIn.config, { proof: { kind: 'certificate', path: '/no/such/file.pem' } }),
    kind: 'config',
    says: 'AZURE_CLIENT_CERTIFICATE_PATH: the file cannot be read',
  },
  'a service that fails': { faults: ['500', '503', '500'], kind: 'source', says: 'entra.test is too busy to answer' },
  'a service that says later': { faults: ['429 later'], kind: 'source', says: 'entra.test is too busy to answer' },
  'a service that is silent': {
    wishes: { deadline: 30 },
    faults: ['hang', 'hang', 'hang'],
    kind: 'source',
    says: 'entra.test could not be reached',
  },
  'a service that is cut off': { faults: ['cut', 'cut', 'cut'], kind: 'source', says: 'entra.test could not be reached' },
  'a service that sends us elsewhere': {
    faults: ['redirect', 'redirect', 'redirect'],
    kind: 'source',
    says: 'entra.test could not be reached',
  },
  'a service that never stops': { faults: ['flood'], kind: 'source', says: 'entra.test sent more than 1 MiB' },
}

/** A valid sign-in, except for what `but` changes. */
async function comeBack({ wishes = {}, person = ALICE, forgery, faults = [], but }: Omit<Case, 'says'>) {
  const desk = await openDesk(wishes)
  const { back, cookie } = await cameBack(desk.signIn, desk.standIn, person)
  const come: Return = { desk, back: new URL(back), cookies: [cookie] }
  await but?.(come)
  desk.standIn.forgery = forgery ?? null
  desk.standIn.faults.push(...faults)
  const asked = desk.standIn.asked.length
  return { desk, asked, done: finishSignIn(desk.signIn, visit(come.back.href, come.cookies)) }
}

describe('a sign-in is refused with', () => {
  let control: unknown
  beforeAll(async () => {
    control = (await (await comeBack({})).done).person
  })

  it.each(Object.entries(CASES))('%s', async (_, { says, kind = 'signin', ...wrong }) => {
    expect(control).toMatchObject({ name: 'Alice Adler' })
    const { desk, done } = await comeBack(wrong)
    const problem = await done.then(
      () => null,
      (error: unknown) => error as Error,
    )
    expect(problem?.message).toContain(says)
    expect(problem).toMatchObject({ name: 'Problem', kind })
    for (const secret of [desk.signIn.config.sessionSecrets[0]!, 'the-app-secret', 'call us', '555'])
      expect(problem?.message).not.toContain(secret)
  })

  it('no request to the service when another browser began the sign-in', async () => {
    const { desk, asked, done } = await comeBack({ but: ({ back }) => back.searchParams.set('state', 'x') })
    await expect(done).rejects.toMatchObject({ kind: 'signin' })
    expect(desk.standIn.asked.length).toBe(asked)
  })
})
