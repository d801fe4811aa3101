/** The exact sum, however large; what was not measured, null or an empty text, counts as zero. */
export function exactSum(values: readonly (number | string | null)[]): bigint {
  return values.reduce<bigint>((sum, value) => sum + BigInt(value ?? 0), 0n)
}
