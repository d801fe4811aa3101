import type { TokenCredential } from '@/lib/net/token-credential'
import type { Source } from '@/lib/source/model/source'
import { KEEP_ALLOWED } from '@/lib/source/rights/rights'
import type { Road } from './road'

/** Maximum number of people whose listings and rights are kept. */
const MOST = 500
/** A road is dropped after this long without a request. Milliseconds. */
const IDLE = 30 * 60_000

/** A credential that remembers when its last token expires. Epoch milliseconds. */
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

/** Returns how long to keep a listing made for one person, given the milliseconds `wanted` for a shared listing. */
export function keepFor(expires: () => number, now: () => number): (wanted: number) => number {
  return (wanted) => Math.min(wanted, KEEP_ALLOWED, expires() - now())
}

/** A road for each session, with its own sources, over the one store. */
export class PersonalRoads {
  private readonly roads = new Map<string, { road: Road; used: number }>()
  /** The road without a person: only the sources that are the same for everybody. */
  readonly common: Road

  constructor(
    private readonly everybody: Road,
    private readonly open: (token: Expiring) => readonly Source[],
    common: readonly Source[],
    private readonly now: () => number = Date.now,
  ) {
    this.common = everybody.for(common)
  }

  /** `credential` is called only if the session has no road yet. */
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
