/** Three significant digits: 1.20, 12.0, 120. */
export function threeDigits(n: number): string {
  return n.toFixed(n < 9.995 ? 2 : n < 99.95 ? 1 : 0)
}
