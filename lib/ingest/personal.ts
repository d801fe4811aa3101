import type { TokenCredential } from '@/lib/flow/token-credential'
import { KEEP_ALLOWED } from '@/lib/source/rights'
import type { Source } from '@/lib/source/source'
import type { Road } from './road'

/** Persons whose listings and rights are kept at once. */
const MOST = 500
/** What nobody asked with for so long is let go. Milliseconds. */
const IDLE = 30 * 60_000

/** When the token that was given last ends, epoch milliseconds; `credential` notices it. */
export interface Expiring {
  credential: TokenCredential
  expires: () => number
}

function expiring(of: TokenCredential): Expiring {
  let until = Number.POSITIVE_INFINITY
  return {
    expires: () => until,
    credential: {
      async getToken(scopes, options) {
        const token = await of.getToken(scopes, options)
        if (token !== null) until = token.expiresOnTimestamp
        return token
      },
    },
  }
}

/** For how long a listing made for one person is kept, where everybody's would be kept `wanted` milliseconds. */
export function keepFor(expires: () => number, now: () => number): (wanted: number) => number {
  return (wanted) => Math.min(wanted, KEEP_ALLOWED, expires() - now())
}

/** A road for each session: sources of its own, over the one store. */
export class PersonalRoads {
  private readonly roads = new Map<string, { road: Road; used: number }>()

  constructor(
    private readonly everybody: Road,
    private readonly open: (token: Expiring) => readonly Source[],
    private readonly now: () => number = Date.now,
  ) {}

  /** `credential` is asked for only where the session has no road yet. */
  of(session: string, credential: () => TokenCredential): Road {
    const known = this.roads.get(session)
    const road = known?.road ?? this.everybody.for(this.open(expiring(credential())))
    this.roads.delete(session)
    this.roads.set(session, { road, used: this.now() })
    for (const [old, { used }] of this.roads) {
      if (this.roads.size <= MOST && this.now() - used < IDLE) break
      this.roads.delete(old)
    }
    return road
  }
}
