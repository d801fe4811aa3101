'use client'

import { classNames } from '@/components/ui/class-names'
import { fieldOf, type RowField } from '@/lib/flow/field/fields'
import type { Format } from '@/lib/flow/tuple/tuple'
import { lineFields } from './line-fields'

/** A raw tuple; tooltips name its pieces. Pointing at a piece highlights the matching field below, and the reverse. */
export function WrittenLine({
  line,
  format,
  pointed,
  onPoint,
}: {
  line: string
  format: Format | null
  pointed: RowField | null
  onPoint: (field: RowField | null) => void
}) {
  const pieces = lineFields(line, format)
  return (
    <p className="data rounded-md border border-line bg-sunken px-2.5 py-2" onPointerLeave={() => onPoint(null)}>
      {pieces.map(({ field, text, at, end }, i) => (
        <span key={at}>
          {i > 0 ? (
            <>
              <span className="text-faint">,</span>
              <wbr />
            </>
          ) : null}
          <span
            title={`${field === null ? 'no name in this layout' : fieldOf(field).label} · characters ${at}–${end}${text === '' ? ' · empty' : ''}`}
            onPointerEnter={() => onPoint(field)}
            className={classNames(
              'rounded-[2px] py-0.5 whitespace-nowrap',
              text === '' && 'px-px',
              field !== null && field === pointed ? 'bg-accent-fill text-on-accent' : i % 2 === 0 ? 'bg-hover' : null,
            )}
          >
            {text}
          </span>
        </span>
      ))}
    </p>
  )
}
