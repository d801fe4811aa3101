/** Sizes of a value's parts in memory, about. Bytes. */
const PLAIN = 8
const BIGINT = 32
const TEXT = 16
const OBJECT = 32

/** Estimates the memory that plain data takes, in bytes; stops counting beyond `enough`. */
export function weightOf(value: unknown, enough = Number.POSITIVE_INFINITY): number {
  let weight = 0
  const seen = new Set<object>()
  const rest: object[] = []
  const take = (one: unknown) => {
    if (typeof one === 'string') weight += TEXT + one.length
    else if (typeof one === 'bigint') weight += BIGINT
    else if (typeof one !== 'object' || one === null) weight += PLAIN
    else if (!seen.has(one)) {
      seen.add(one)
      rest.push(one)
    }
  }
  take(value)
  for (let one = rest.pop(); one !== undefined && weight <= enough; one = rest.pop()) {
    weight += OBJECT
    if (ArrayBuffer.isView(one)) weight += one.byteLength
    else if (Array.isArray(one)) for (const item of one) take(item)
    else if (one instanceof Map || one instanceof Set) for (const item of one instanceof Map ? [...one].flat() : one) take(item)
    else for (const item of Object.values(one)) take(item)
  }
  return weight
}
