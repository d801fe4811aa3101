import { CircleCheck, RotateCw, TriangleAlert } from 'lucide-react'
import { describeFate } from '@/components/parts/format/fate'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { fieldOf } from '@/lib/flow/field/fields'
import type { TupleVerdict } from '@/lib/flow/field/verdict'

function describe({ line, fields }: TupleVerdict): string {
  if (line === 'same') return 'Unchanged since counted'
  if (line === 'different') return `Changed since counted: ${fields.map((field) => fieldOf(field).label).join(', ')} differ`
  return line === 'missing' ? 'No tuple begins at this byte now' : 'The blob is gone from its source'
}

/** Shows whether the line, read again from its source, is the counted one. */
export function VerdictNote({ verdict, rereading, onAgain }: { verdict: TupleVerdict; rereading: boolean; onAgain: () => void }) {
  const same = verdict.line === 'same'
  const Sign = same ? CircleCheck : TriangleAlert
  return (
    <div className="mt-1.5 flex items-start gap-2 text-label">
      <Sign aria-hidden="true" size={15} className={classNames('mt-1.5 shrink-0', same ? 'text-allow' : 'text-caution')} />
      <p role="status" className="min-w-0 flex-1 py-1 text-pretty">
        <span className="font-medium">{describe(verdict)}.</span>{' '}
        {verdict.blob === 'gone' ? null : <span className="text-muted">{describeFate(verdict.blob)}</span>}
      </p>
      <Button look="ghost" disabled={rereading} onClick={onAgain}>
        <RotateCw aria-hidden="true" size={13} className={classNames(rereading && 'animate-spin')} />
        Read again
      </Button>
    </div>
  )
}
