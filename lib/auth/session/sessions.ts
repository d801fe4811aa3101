import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { Problem } from '@/lib/flow/problem'
import type { Purpose, Seal } from './seal'
import type { SessionStore } from './store'

/** A session ends after this long without a request, and in any case after the second time. Milliseconds. */
const IDLE = 8 * 3_600_000
export const ABSOLUTE = 24 * 3_600_000
/** Stored values can be opened a little longer than the session lasts, so that the session itself says that it has ended. Milliseconds. */
export const KEPT = ABSOLUTE + 3_600_000
/** Precision of the idle time, so that not every request writes. Milliseconds. */
const GRAIN = 60_000

const personSchema = z.object({ tenant: z.string(), object: z.string(), name: z.string() })
const sessionSchema = personSchema.extend({ began: z.number() })
export type Person = z.infer<typeof personSchema>
export type Session = z.infer<typeof sessionSchema> & { id: string }

/** Sessions are stored on the server, so that they can be ended; a browser holds only the id. */
export class Sessions {
  constructor(
    private readonly store: SessionStore,
    private readonly seal: Seal,
    private readonly now: () => number = Date.now,
  ) {}

  /** Begins a session under a new id. */
  async begin(person: Person): Promise<Session> {
    const id = randomBytes(32).toString('base64url')
    const began = this.now()
    await this.put('session', id, { ...person, began })
    return { ...person, began, id }
  }

  /** @throws Problem `signin` when the session has ended or never existed. */
  async read(id: string): Promise<Session> {
    const now = this.now()
    const stored = await this.store.read(nameOf('session', id))
    if (stored === null) throw new Problem('signin', 'Session has ended: sign in again')
    const parsed = sessionSchema.safeParse(await this.seal.open('session', id, stored.value))
    const over = !parsed.success
      ? 'can no longer be opened'
      : now - parsed.data.began >= ABSOLUTE
        ? 'has reached its maximum age'
        : now - stored.touched >= IDLE
          ? 'was idle for too long'
          : null
    if (over !== null || !parsed.success) {
      await this.end(id)
      throw new Problem('signin', `Session ${over}: sign in again`)
    }
    if (now - stored.touched >= GRAIN) await this.store.touch(nameOf('session', id), now)
    return { ...parsed.data, id }
  }

  async end(id: string): Promise<void> {
    await this.store.remove(nameOf('session', id))
    await this.store.remove(nameOf('tokens', id))
  }

  /** Ends the session and stores the claims that the sign-in service demands; the next sign-in sends them. */
  async demand(id: string, claims: string): Promise<void> {
    await this.end(id)
    if (claims !== '') await this.put('claims', id, { claims })
  }

  async demanded(id: string): Promise<string | null> {
    const { claims } = ((await this.get('claims', id)) ?? {}) as { claims?: unknown }
    return typeof claims === 'string' ? claims : null
  }

  /** The session's token cache as MSAL wrote it, or null. */
  async tokens(id: string): Promise<string | null> {
    const { cache } = ((await this.get('tokens', id)) ?? {}) as { cache?: unknown }
    return typeof cache === 'string' ? cache : null
  }

  /** Stores nothing if the session has ended in the meantime. */
  async keepTokens(id: string, cache: string): Promise<void> {
    await this.put('tokens', id, { cache })
    if ((await this.store.read(nameOf('session', id))) === null) await this.store.remove(nameOf('tokens', id))
  }

  private put(purpose: Purpose, id: string, value: Record<string, unknown>): Promise<void> {
    return this.seal.close(purpose, id, value, KEPT / 1000).then((sealed) => this.store.write(nameOf(purpose, id), sealed, this.now()))
  }

  private async get(purpose: Purpose, id: string): Promise<unknown> {
    const stored = await this.store.read(nameOf(purpose, id))
    return stored === null ? null : this.seal.open(purpose, id, stored.value)
  }
}

/** A hash, so that whoever reads the store learns no session id. */
function nameOf(purpose: Purpose, id: string): string {
  return `${purpose}-${createHash('sha256').update(id).digest('hex')}`
}
