import { weightOf } from '@/lib/flow/weight'

/** Maximum number of answers kept, and their size in memory. Bytes. */
const ENTRIES = 128
const ROOM = 32 * 2 ** 20

interface Part {
  value: unknown
  weight: number
}

/** Remembers parts of answers by query until the store changes. Failures and cancelled queries are not remembered. */
export class AnswerMemo {
  private readonly parts = new Map<string, Part>()
  private weight = 0
  private revision = -1
  hits = 0
  misses = 0

  constructor(private readonly room = ROOM) {}

  /** `revision` is the store's revision at the time of the query. */
  async get<T>(question: string, revision: number, answer: () => Promise<T>): Promise<T> {
    if (revision !== this.revision) {
      this.parts.clear()
      this.weight = 0
    }
    this.revision = revision
    const known = this.parts.get(question)
    if (known) {
      this.hits++
      this.parts.delete(question)
      this.parts.set(question, known)
      return known.value as T
    }
    this.misses++
    const value = await answer()
    if (revision === this.revision) this.keep(question, value)
    return value
  }

  /** Keeps the newest answers that there is room for. */
  private keep(question: string, value: unknown): void {
    this.forget(question)
    const weight = weightOf([question, value], this.room)
    if (weight > this.room) return
    this.parts.set(question, { value, weight })
    this.weight += weight
    for (const oldest of this.parts.keys()) {
      if (this.parts.size <= ENTRIES && this.weight <= this.room) return
      this.forget(oldest)
    }
  }

  private forget(question: string): void {
    this.weight -= this.parts.get(question)?.weight ?? 0
    this.parts.delete(question)
  }
}
