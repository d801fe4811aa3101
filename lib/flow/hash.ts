/**
 * A 53-bit hash of a text's UTF-16 code units, the same in every runtime; for ids, not for secrets. The algorithm is cyrb53 by bryc,
 * in the public domain: https://github.com/bryc/code/blob/master/jshash/experimental/cyrb53.js
 */
export function hash53(text: string): number {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507)
  a ^= Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507)
  b ^= Math.imul(a ^ (a >>> 13), 3266489909)
  return 0x1_0000_0000 * (b & 0x1f_ffff) + (a >>> 0)
}
