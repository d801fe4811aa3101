/** Marks a value that the log did not write; `why` is its tooltip. */
export function Unmeasured({ why }: { why: string }) {
  return (
    <span title={why} className="data text-faint">
      –<span className="sr-only">{why}</span>
    </span>
  )
}
