/** A proof is the beginning of a SHA-256: 32 lower-case hexadecimal digits. */
export const PROOF = /^[0-9a-f]{32}$/
