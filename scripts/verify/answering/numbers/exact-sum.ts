/** Returns the exact sum, however large; null and an empty text, which were not measured, count as zero. */
export function exactSum(values: readonly (number | string | null)[]): bigint {
  return values.reduce<bigint>((sum, value) => sum + BigInt(value ?? 0), 0n)
}
