'use client'

import { Plus, X } from 'lucide-react'
import { useContextNames } from '@/components/parts/whois/use-whois'
import { IconButton } from '@/components/ui/button'
import { fieldOf, KEY_FIELDS, type KeyField } from '@/lib/flow/field/fields'
import { isTold } from './presets'

const MOST = 4

/** Changes, adds and removes columns. */
export function ColumnPicker({
  by,
  fixed = false,
  onChange,
}: {
  by: readonly KeyField[]
  /** True for exactly two columns. */
  fixed?: boolean
  onChange: (by: KeyField[]) => void
}) {
  const told = useContextNames()
  return (
    <fieldset className="flex flex-wrap items-center gap-1">
      <legend className="sr-only">Columns</legend>
      {by.map((field, i) => (
        <span key={i} className="flex items-center">
          {i > 0 ? (
            <span aria-hidden="true" className="px-1 text-faint">
              {fixed ? '×' : '→'}
            </span>
          ) : null}
          <select
            aria-label={`Column ${i + 1}`}
            value={field}
            onChange={(event) => onChange(by.map((one, at) => (at === i ? (event.target.value as KeyField) : one)))}
            className="h-7 max-w-40 rounded-md border border-line bg-surface px-1 text-label hover:border-line-strong"
          >
            {KEY_FIELDS.filter((one) => one === field || isTold(one, told)).map((one) => (
              <option key={one} value={one} title={fieldOf(one).about}>
                {fieldOf(one).label}
              </option>
            ))}
          </select>
          {!fixed && by.length > 2 ? (
            <IconButton label={`Remove column ${i + 1}`} look="plain" onClick={() => onChange(by.filter((_, at) => at !== i))}>
              <X aria-hidden="true" size={12} />
            </IconButton>
          ) : null}
        </span>
      ))}
      {!fixed && by.length < MOST ? (
        <IconButton label="Add a column" look="plain" onClick={() => onChange([...by.slice(0, -1), 'rule', by.at(-1)!])}>
          <Plus aria-hidden="true" size={14} />
        </IconButton>
      ) : null}
    </fieldset>
  )
}
