export interface AccessToken {
  token: string
  /** Epoch milliseconds. */
  expiresOnTimestamp: number
}

/** A token that expires sooner is replaced first. Milliseconds. */
const SLACK = 5 * 60_000

/** Tokens in memory, by owner. Simultaneous callers share one request. */
export class TokenMemo {
  private readonly held = new Map<string, AccessToken>()
  private readonly coming = new Map<string, Promise<AccessToken>>()

  constructor(
    private readonly now: () => number,
    private readonly most = 10_000,
  ) {}

  /** `claims` are demanded by a server; a token in memory does not satisfy them. */
  get(owner: string, claims: string | undefined, acquire: () => Promise<AccessToken>): Promise<AccessToken> {
    const held = this.held.get(owner)
    if (claims === undefined && held !== undefined && held.expiresOnTimestamp - this.now() > SLACK) return Promise.resolve(held)
    const flight = JSON.stringify([owner, claims])
    const under = this.coming.get(flight) ?? this.acquire(owner, flight, acquire)
    this.coming.set(flight, under)
    return under
  }

  forget(owner: string): void {
    this.held.delete(owner)
  }

  private async acquire(owner: string, flight: string, acquire: () => Promise<AccessToken>): Promise<AccessToken> {
    try {
      const token = await Promise.resolve().then(acquire)
      this.held.delete(owner)
      this.held.set(owner, token)
      for (const oldest of this.held.keys()) {
        if (this.held.size <= this.most) break
        this.held.delete(oldest)
      }
      return token
    } finally {
      this.coming.delete(flight)
    }
  }
}
