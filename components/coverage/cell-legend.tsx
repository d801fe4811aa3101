import { STATES } from './cell-state'

/** What the cells mean. */
export function CellLegend() {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-label text-muted">
      {Object.entries(STATES).map(([state, { sign, about, look }]) => (
        <li key={state} className="flex items-center gap-1.5">
          <span aria-hidden="true" className={`data flex h-4 w-5 items-center justify-center rounded-sm font-semibold ${look}`}>
            {sign}
          </span>
          {about}
        </li>
      ))}
    </ul>
  )
}
