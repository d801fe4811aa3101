import 'server-only'
import { randomInt } from 'node:crypto'
import type { Identity } from '@/lib/auth/identity'
import { SHELF_ID } from '@/lib/flow/answer/shelf'
import { Problem } from '@/lib/flow/problem'
import { inTurn } from './in-turn'
import type { JsonFolder } from './json-folder'

/** Most things of one kind. */
const MOST = 10_000
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** The fields of everything that people keep on the server; times are ISO 8601. */
interface Kept {
  id: string
  /** Grows with every change. */
  version: number
  /** Identity.key. */
  owner: string
  /** Everybody who may use this instance may read it; only its owner may change it. */
  shared: boolean
  made: string
  changed: string
}

/** As people see it: `mine` is null without sign-in. */
export type Shown<One extends Kept> = Omit<One, 'owner'> & { mine: boolean | null }

function newId(): string {
  return Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

function stamp(): string {
  return new Date().toISOString()
}

/** The things that people keep in one folder of the data directory, each with an owner, as one person may see and change them. */
export class Shelf<One extends Kept> {
  constructor(
    private readonly folder: JsonFolder<One>,
    private readonly identity: Identity,
    /** The name of one of them: `Investigation`, `an investigation`. */
    private readonly words: { name: string; one: string },
  ) {}

  private show({ owner, ...rest }: One): Shown<One> {
    return { ...rest, mine: this.identity.kind === 'local' ? null : owner === this.identity.key }
  }

  private maySee({ owner, shared }: One): boolean {
    return shared || owner === this.identity.key
  }

  private async find(id: string): Promise<One> {
    if (!SHELF_ID.test(id))
      throw new Problem('ask', `Id is not the id of ${this.words.one}; expected eight letters and digits`, { key: 'id' })
    const found = await this.folder.read(id)
    if (found === null || !this.maySee(found))
      throw new Problem('absent', `${this.words.name} ${id} does not exist: it was deleted, or another instance holds it`, { key: 'id' })
    return found
  }

  private async own(id: string, version: number): Promise<One> {
    const found = await this.find(id)
    if (found.owner !== this.identity.key)
      throw new Problem('denied', `${this.words.name} ${id} belongs to somebody else: only its owner can change it`, { key: 'id' })
    if (found.version !== version)
      throw new Problem(
        'conflict',
        `${this.words.name} was changed in the meantime (version ${found.version}, not ${version}): load it again and repeat the change`,
        { key: 'version' },
      )
    return found
  }

  /** Reads one after the other what `take` takes of them; returns the problems of unreadable files. */
  private async each(take: (one: One) => void): Promise<string[]> {
    const problems: string[] = []
    for (const name of await this.folder.names()) {
      try {
        const found = await this.folder.read(name)
        if (found !== null) take(found)
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        problems.push(error.message)
      }
    }
    return problems
  }

  private async others(id: string | null): Promise<One[]> {
    const found: One[] = []
    await this.each((one) => {
      if (one.id !== id) found.push(one)
    })
    return found
  }

  /** Returns what `summary` takes of everything that the person may see, the last changed first, and the problems of unreadable files. */
  list<Summary extends Pick<One, 'changed'>>(summary: (one: Shown<One>) => Summary): Promise<{ shown: Summary[]; problems: string[] }> {
    return inTurn(this.folder, async () => {
      const shown: Summary[] = []
      const problems = await this.each((one) => {
        if (this.maySee(one)) shown.push(summary(this.show(one)))
      })
      return { shown: shown.sort((a, b) => (a.changed < b.changed ? 1 : -1)), problems }
    })
  }

  /** @throws Problem `absent` when there is none, or when it belongs to somebody else who does not share it. */
  async read(id: string): Promise<Shown<One>> {
    return this.show(await this.find(id))
  }

  /** `check` may refuse it, or change others, before it is written. @throws Problem `ask` when there are too many */
  create(
    parts: Omit<One, 'id' | 'version' | 'owner' | 'made' | 'changed'>,
    check: ((others: readonly One[]) => Promise<void>) | null = null,
  ): Promise<Shown<One>> {
    return inTurn(this.folder, async () => {
      const taken = new Set(await this.folder.names())
      if (taken.size >= MOST) throw new Problem('ask', `There are already ${MOST} of them: delete one first`)
      await check?.(await this.others(null))
      let id = newId()
      while (taken.has(id)) id = newId()
      const now = stamp()
      const made = { ...parts, id, version: 1, owner: this.identity.key, made: now, changed: now } as One
      await this.folder.write(id, made)
      return this.show(made)
    })
  }

  /** @throws Problem `denied` when somebody else owns it, `conflict` when it has another version. */
  change(
    id: string,
    version: number,
    parts: Partial<One>,
    check: ((others: readonly One[]) => Promise<void>) | null = null,
  ): Promise<Shown<One>> {
    return inTurn(this.folder, async () => {
      const known = await this.own(id, version)
      await check?.(await this.others(id))
      const now = stamp()
      const next: One = { ...known, ...parts, version: version + 1, changed: now }
      await this.folder.write(id, next)
      return this.show(next)
    })
  }

  remove(id: string, version: number): Promise<void> {
    return inTurn(this.folder, async () => {
      await this.own(id, version)
      await this.folder.remove(id)
    })
  }
}
