/** Queries that the engine has not finished yet. */
export class Running {
  /** Each promise resolves when its query is over. */
  private readonly queries = new Set<Promise<void>>()

  get size(): number {
    return this.queries.size
  }

  /** Counts a query from now on, until the returned function is called. */
  begin(): () => void {
    let end!: () => void
    const query = new Promise<void>((resolve) => {
      end = resolve
    })
    this.queries.add(query)
    return () => {
      this.queries.delete(query)
      end()
    }
  }

  /** Resolves when all queries that run now are over. */
  async over(): Promise<void> {
    await Promise.all(this.queries)
  }
}
