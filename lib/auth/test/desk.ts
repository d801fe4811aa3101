import { Network } from '@/lib/auth/entra/network'
import type { Config } from '@/lib/config'
import type { SignInConfig } from '@/lib/config/sign-in'
import { ALICE, BOB, type Client, HOME_TENANT, MALLORY, type TestPerson } from '@/scripts/entra/people'
import { StandIn } from '@/scripts/entra/stand-in'
import { makeKeys } from '@/scripts/entra/tokens'
import { beginSignIn } from '../begin'
import { type Finished, finishSignIn } from '../finish'
import { openSignIn, type SignIn } from '../sign-in'

export const CLIENT: Client = {
  id: 'c11e0000-0000-4000-8000-00000000000c',
  secret: 'the-app-secret',
  redirects: ['https://flowlens.test/api/auth/callback'],
}

const AUTHORITY = 'https://entra.test'
export const SECRET = 'the-session-secret-of-this-very-test'

/** Created once, because it takes half a second. */
const keys = makeKeys()

interface Wishes {
  config?: Partial<SignInConfig>
  credential?: Config['credential']
  /** Reuses the simulated Entra of another desk. */
  standIn?: StandIn
  /** Time limit of each try to reach the service. Milliseconds. */
  deadline?: number
}

/** Our sign-in and a simulated Entra that it calls without a socket, with an adjustable clock. */
export async function openDesk({ config = {}, credential = 'user', standIn: shared, deadline = 10_000 }: Wishes = {}) {
  const standIn = shared ?? (await StandIn.make(AUTHORITY, [ALICE, BOB, MALLORY], [CLIENT], keys))
  const clock = { now: Date.now() }
  const waits: number[] = []
  const network = new Network({
    fetch: (input, init) => orAborted(standIn.answer(new Request(input, init)), init?.signal ?? null),
    now: () => clock.now,
    wait: async (ms) => void waits.push(ms),
    deadline,
  })
  const whole: SignInConfig = {
    tenant: HOME_TENANT,
    client: CLIENT.id,
    proof: { kind: 'secret', secret: CLIENT.secret! },
    authority: AUTHORITY,
    publicUrl: 'https://flowlens.test',
    sessionSecrets: [SECRET],
    tenants: [HOME_TENANT],
    tokenFolder: null,
    ...config,
  }
  const signIn = openSignIn({ signIn: whole, credential }, { network, now: () => clock.now })!
  const pass = (ms: number) => {
    clock.now += ms
  }
  return { standIn, signIn, clock, pass, waits, network }
}

/** Like `fetch`, but refuses redirects. */
function orAborted(answer: Promise<Response>, signal: AbortSignal | null): Promise<Response> {
  return new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason))
    answer.then((response) => (response.status === 307 ? reject(new TypeError('unexpected redirect')) : resolve(response)), reject)
  })
}

/** Cookies by name, without attributes, as a browser sends them. */
export function visit(url: string, cookies: readonly string[] = []): Request {
  const pairs = cookies.map((cookie) => cookie.split(';')[0])
  return new Request(url, pairs.length > 0 ? { headers: { cookie: pairs.join('; ') } } : {})
}

/** Makes this process's `access` return the given sign-in. */
export function makeOurs(signIn: SignIn | null): void {
  const home = globalThis as { [key: symbol]: unknown }
  home[Symbol.for('flowlens.sign-in')] = { signIn }
}

/** Begins a sign-in and picks the person. Returns the callback's address and the cookie that the browser sends. */
export async function cameBack(
  signIn: SignIn,
  standIn: StandIn,
  person: TestPerson,
  returnTo = '/',
): Promise<{ back: string; cookie: string }> {
  const { location, cookie } = await beginSignIn(signIn, visit(`${signIn.config.publicUrl}/api/auth/login`), returnTo)
  return { back: standIn.pick(location, person), cookie }
}

/** A complete sign-in; returns the session's cookie. */
export async function signedIn(signIn: SignIn, standIn: StandIn, person: TestPerson = ALICE): Promise<Finished & { cookie: string }> {
  const { back, cookie } = await cameBack(signIn, standIn, person)
  const finished = await finishSignIn(signIn, visit(back, [cookie]))
  return { ...finished, cookie: finished.cookies[0]! }
}
