import type { IncomingMessage } from 'node:http'

/** A longer target, most often that of a filter with a long list, lets others go first. Characters. */
const LONG = 8 * 1024
/** Of so many turns, one belongs to a long target, so that it is not held up for ever. */
const TURNS = 4
/** Maximum number of requests in one turn of the event loop, which may be long if others are being answered. */
const AT_ONCE = 4
/** Turns of the event loop until it has seen that a client left right after its request: the end of a connection is read after its last bytes. */
const TO_LEAVE = 3
/** Maximum number of turns without a request, while new connections or requests arrive in each. */
const LOOKS = 256

interface Waiting {
  request: IncomingMessage
  /** The turn in which it arrived. */
  since: number
  handle(): void
}

/**
 * Hands requests on a few at a time, after the event loop has looked at everything that arrives. Each costs Next.js and us milliseconds before it first waits for
 * anything, and libuv accepts only one connection in each turn of the loop: without a queue, clients who send requests and leave would get all of that work,
 * and everybody else, even a probe, would wait behind their connections.
 */
export class RequestQueue {
  /** Both in the order of arrival. */
  private readonly short: Waiting[] = []
  private readonly long: Waiting[] = []
  private isMoving = false
  private turns = 0
  private looks = 0
  private handed = 0
  private hasArrived = false

  /** Call for each new connection. */
  arrive(): void {
    this.hasArrived = true
  }

  /** Calls `handle` when it is the request's turn, unless its client has left by then. */
  join(request: IncomingMessage, handle: () => void): void {
    const line = (request.url?.length ?? 0) > LONG ? this.long : this.short
    line.push({ request, since: this.turns, handle })
    this.arrive()
    if (this.isMoving) return
    this.isMoving = true
    setImmediate(() => this.turn())
  }

  private turn(): void {
    this.turns++
    const mayLook = this.hasArrived && this.looks < LOOKS
    this.hasArrived = false
    this.looks = mayLook ? this.looks + 1 : 0
    const next = mayLook ? [] : this.next()
    this.isMoving = next.length > 0 || this.short.length + this.long.length > 0
    if (this.isMoving) setImmediate(() => this.turn())
    for (const { handle } of next) handle()
  }

  private next(): Waiting[] {
    const found: Waiting[] = []
    while (found.length < AT_ONCE) {
      const one = this.nextOne()
      if (one === undefined) break
      found.push(one)
    }
    return found
  }

  private nextOne(): Waiting | undefined {
    const isLongTurn = this.handed % TURNS === TURNS - 1
    const [first, second] = isLongTurn ? [this.long, this.short] : [this.short, this.long]
    const next = this.ready(first) ?? this.ready(second)
    if (next !== undefined) this.handed++
    return next
  }

  /** Takes the first request that has waited long enough and whose client is still there. */
  private ready(line: Waiting[]): Waiting | undefined {
    while (line[0] !== undefined && this.turns - line[0].since >= TO_LEAVE) {
      const first = line.shift()!
      if (!first.request.destroyed) return first
    }
    return undefined
  }
}
