import 'server-only'

const HELD = Symbol.for('flowlens.watches.wanted')
const holder = globalThis as { [HELD]?: boolean }

/** Has this process start the watches as soon as a route is loaded that does. */
export function wantWatches(): void {
  holder[HELD] = true
}

/** True once after `wantWatches`. */
export function takeWanted(): boolean {
  const wanted = holder[HELD] === true
  holder[HELD] = false
  return wanted
}
