import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { Problem } from '@/lib/flow/problem'
import type { Purpose, Seal } from './seal'
import type { Store } from './store'

/** A session that nobody uses ends after this long, any session after the other. Milliseconds. */
const IDLE = 8 * 3_600_000
export const ABSOLUTE = 24 * 3_600_000
/** What is kept for a session can be opened for a little longer, so that the session itself says that it is over. Milliseconds. */
export const KEPT = ABSOLUTE + 3_600_000
/** How exactly idleness is kept, so that not every request writes. Milliseconds. */
const GRAIN = 60_000

const personSchema = z.object({ tenant: z.string(), object: z.string(), name: z.string() })
const sessionSchema = personSchema.extend({ began: z.number() })
export type Person = z.infer<typeof personSchema>
export type Session = z.infer<typeof sessionSchema> & { id: string }

/** Sessions live here and not in the browser, so that they can be ended. An id is all that a browser holds of one. */
export class Sessions {
  constructor(
    private readonly store: Store,
    private readonly seal: Seal,
    private readonly now: () => number = Date.now,
  ) {}

  /** A new session, under an id that nobody has seen. */
  async begin(person: Person): Promise<Session> {
    const id = randomBytes(32).toString('base64url')
    const began = this.now()
    await this.put('session', id, { ...person, began })
    return { ...person, began, id }
  }

  /** @throws Problem `signin` when it is over, ended or was never one. */
  async read(id: string): Promise<Session> {
    const now = this.now()
    const stored = await this.store.read(nameOf('session', id))
    if (stored === null) throw new Problem('signin', 'Session has ended: sign in again')
    const parsed = sessionSchema.safeParse(await this.seal.open('session', id, stored.value))
    const over = !parsed.success
      ? 'cannot be opened any more'
      : now - parsed.data.began >= ABSOLUTE
        ? 'has lasted as long as one may'
        : now - stored.touched >= IDLE
          ? 'was not used for hours'
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

  /** What the sign-in service wants to see again before it gives a token: the session ends, and the next sign-in carries it. */
  async demand(id: string, claims: string): Promise<void> {
    await this.end(id)
    if (claims !== '') await this.put('claims', id, { claims })
  }

  async demanded(id: string): Promise<string | null> {
    const { claims } = ((await this.get('claims', id)) ?? {}) as { claims?: unknown }
    return typeof claims === 'string' ? claims : null
  }

  /** The token cache of a session as the sign-in library wrote it, or null. */
  async tokens(id: string): Promise<string | null> {
    const { cache } = ((await this.get('tokens', id)) ?? {}) as { cache?: unknown }
    return typeof cache === 'string' ? cache : null
  }

  /** Keeps nothing for a session that has ended meanwhile. */
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

/** Who reads the store learns no id from it. */
function nameOf(purpose: Purpose, id: string): string {
  return `${purpose}-${createHash('sha256').update(id).digest('hex')}`
}
