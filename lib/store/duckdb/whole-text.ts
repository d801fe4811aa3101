import { textDecoder } from '@duckdb/node-api/lib/vectors/dataAccessors.js'

const whole = new TextDecoder('utf-8', { ignoreBOM: true })

/** Lets the engine's client keep U+FEFF at the beginning of a text, as logs may write it; its own decoder takes it for a byte order mark and drops it. */
export function keepWholeText(): void {
  textDecoder.decode = (bytes) => whole.decode(bytes)
}
