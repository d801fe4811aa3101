import { threeDigits } from './digits'

const exact = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** Bytes in binary units with three significant digits: `4408213504` → `4.11 GiB`. */
export function formatBytes(bytes: number): string {
  let unit = 0
  let value = bytes
  while (unit < UNITS.length - 1 && value >= (unit === 0 ? 1024 : 1023.5)) {
    value /= 1024
    unit++
  }
  return unit === 0 ? `${exact.format(value)} B` : `${value < 999.5 ? threeDigits(value) : value.toFixed(0)} ${UNITS[unit]}`
}
