import 'server-only'
import { randomInt } from 'node:crypto'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** Eight digits of base 32 that no name of `taken` has. */
export function newId(taken: ReadonlySet<string>): string {
  for (;;) {
    const id = Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
    if (!taken.has(id)) return id
  }
}
