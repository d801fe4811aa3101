/** Most answers kept. */
const ENTRIES = 128

/** Remembers parts of answers by question until the store changes. Failures and cancelled questions are not remembered. */
export class AnswerMemo {
  private readonly parts = new Map<string, unknown>()
  private revision = -1
  hits = 0
  misses = 0

  /** `revision` is the store's revision at the time of the question. */
  async get<T>(question: string, revision: number, answer: () => Promise<T>): Promise<T> {
    if (revision !== this.revision) this.parts.clear()
    this.revision = revision
    const known = this.parts.get(question) as T | undefined
    this.parts.delete(question)
    if (known === undefined) this.misses++
    else this.hits++
    const part = known ?? (await answer())
    if (revision !== this.revision) return part
    this.parts.set(question, part)
    if (this.parts.size > ENTRIES) this.parts.delete(this.parts.keys().next().value!)
    return part
  }
}
