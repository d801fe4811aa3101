import { textDecoder } from '@duckdb/node-api/lib/vectors/dataAccessors.js'

const whole = new TextDecoder('utf-8', { ignoreBOM: true })

/** Makes the engine's client keep U+FEFF at the beginning of a text, which logs may contain; its own decoder drops it as a byte order mark. */
export function keepWholeText(): void {
  textDecoder.decode = (bytes) => whole.decode(bytes)
}
