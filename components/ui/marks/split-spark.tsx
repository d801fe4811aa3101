/** Height of the box, and of each side of the middle line. */
const HEIGHT = 32
const HALF = HEIGHT / 2

/** Bars of one side; a part above zero is always thick enough to be seen. */
function Side({ values, top, action }: { values: readonly number[]; top: number; action: 'allow' | 'deny' }) {
  return values.map((value, i) => {
    if (value === 0) return null
    const height = Math.max(1.5, (value / top) * (HALF - 1))
    const key = `${action}:${i}`
    const y = action === 'deny' ? HALF - height : HALF
    return <rect key={key} x={i + 0.1} y={y} width={0.8} height={height} fill={`var(--color-${action}-fill)`} />
  })
}

/** The history of both sides on one scale: denied above the middle line, allowed below, so that the two differ without colour. */
export function SplitSpark({ allow, deny, label }: { allow: readonly number[]; deny: readonly number[]; label: string }) {
  const top = Math.max(1, ...allow, ...deny)
  const width = Math.max(1, allow.length)
  return (
    <svg viewBox={`0 0 ${width} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label} className="block h-8 w-full">
      <title>{label}</title>
      <line x1={0} x2={width} y1={HALF} y2={HALF} stroke="var(--color-line-strong)" vectorEffect="non-scaling-stroke" />
      <Side values={deny} top={top} action="deny" />
      <Side values={allow} top={top} action="allow" />
    </svg>
  )
}
