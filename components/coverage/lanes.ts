import type { Cell } from './cell-state'

/** One log at one network card, with a cell for each hour of the grid or none. */
export interface Lane {
  log: string
  mac: string
  cells: (Cell | undefined)[]
}

/** The cells as a grid: hours ascending, a lane for each log and MAC in the order in which they come. */
export function lanesOf(cells: readonly Cell[]): { hours: string[]; lanes: Lane[] } {
  const hours = [...new Set(cells.map(({ hour }) => hour))].sort((a, b) => Date.parse(a) - Date.parse(b))
  const column = new Map(hours.map((hour, i) => [hour, i]))
  const lanes = new Map<string, Lane>()
  for (const cell of cells) {
    const key = JSON.stringify([cell.log, cell.mac])
    let lane = lanes.get(key)
    if (!lane) {
      lane = { log: cell.log, mac: cell.mac, cells: new Array<Cell | undefined>(hours.length).fill(undefined) }
      lanes.set(key, lane)
    }
    lane.cells[column.get(cell.hour)!] = cell
  }
  return { hours, lanes: [...lanes.values()] }
}
