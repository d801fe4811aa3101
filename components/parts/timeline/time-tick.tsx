import { Text, type XAxisTickContentProps } from 'recharts'

export const TICK = { fill: 'var(--color-faint)', fontSize: 11, fontFamily: 'var(--font-mono)' } as const
/** Width of a character of the face, which is monospaced. Pixels. */
const CHARACTER = TICK.fontSize * 0.6

/** Returns where the middle of a label lies that stays within a chart of this width. Pixels. */
export function insideAt(x: number, label: string, room: number): number {
  const half = Math.ceil((label.length * CHARACTER) / 2)
  return Math.max(half, Math.min(x, room - half))
}

/** A label of the time axis. The chart measures it in another face than it is drawn in, so the outermost would be cut at its edges. */
export function TimeTick({ label, room, ...props }: Pick<XAxisTickContentProps, 'x' | 'y'> & { label: string; room: number }) {
  return (
    <Text {...TICK} {...props} x={insideAt(Number(props.x), label, room)} textAnchor="middle" verticalAnchor="start">
      {label}
    </Text>
  )
}
