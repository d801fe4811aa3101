/** The error of the filter, and its character, counted from 1. */
export function FilterMistake({ id, at, message }: { id: string; at: number; message: string }) {
  return (
    <div id={id} role="alert" className="mt-1 min-w-0 pl-[31px]">
      <p className="text-caution wrap-anywhere">
        <span className="data">character {at + 1}</span> · {message}
      </p>
      <p className="text-label text-muted">No query runs until the filter is valid.</p>
    </div>
  )
}
