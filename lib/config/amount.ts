const UNITS: Readonly<Record<string, number>> = { '': 1, b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 }
const BINARY_UNITS: Readonly<Record<string, number>> = { kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30, tib: 2 ** 40 }

/** `5GB`, `500 MiB` or `1000000` in bytes; null for any other text. */
export function readAmount(written: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(written.trim())
  const unit = { ...UNITS, ...BINARY_UNITS }[match?.[2]?.toLowerCase() ?? '']
  const bytes = match && unit !== undefined ? Math.round(Number(match[1]) * unit) : Number.NaN
  return Number.isSafeInteger(bytes) ? bytes : null
}
