/** Returns a record's time by Date.parse, cut to milliseconds, or null if it is not an instant of the years 2000 to 2099. */
export function naiveTime(text: string | null): number | null {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/.exec(text ?? '')
  if (!match) return null
  const local = Date.parse(`${match[1]}Z`)
  if (Number.isNaN(local) || new Date(local).toISOString().slice(0, 19) !== match[1] || /^(20\d\d)/.test(match[1]!) === false) return null
  const time = Date.parse(`${match[1]}${(match[2] ?? '.').padEnd(4, '0').slice(0, 4)}${match[3]}`)
  return Number.isNaN(time) ? null : time
}
