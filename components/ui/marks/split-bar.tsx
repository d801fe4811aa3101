/**
 * A bar as long as `(allow + deny) / full`, split into its allowed and its denied part; the denied part is hatched, so that the
 * two differ without colour. A part above zero is never thinner than 2 px.
 */
export function SplitBar({ allow, deny, full, label }: { allow: number; deny: number; full: number; label: string }) {
  const share = (n: number) => (full === 0 ? 0 : (n / full) * 100)
  return (
    <span role="img" aria-label={label} title={label} className="flex h-2 w-full items-stretch gap-px">
      {allow > 0 ? <span className="min-w-0.5 rounded-[2px] bg-allow-fill" style={{ width: `${share(allow)}%` }} /> : null}
      {deny > 0 ? <span className="hatched min-w-0.5 rounded-[2px] bg-deny-fill" style={{ width: `${share(deny)}%` }} /> : null}
    </span>
  )
}
