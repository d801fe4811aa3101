'use client'

import { Ellipsis } from 'lucide-react'
import { IconButton } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import { optionsNow } from '@/components/view/use-options'
import { fieldOf, KEY_FIELDS, type KeyField } from '@/lib/flow/fields'

const NONE = ''

function FieldSelect({
  label,
  value,
  none,
  without,
  onChange,
}: {
  label: string
  value: KeyField | typeof NONE
  /** How no field at all reads, where that is a choice. */
  none?: string
  without?: KeyField
  onChange: (field: KeyField | typeof NONE) => void
}) {
  return (
    <label className="flex items-center justify-between gap-3">
      <span className="text-muted">{label}</span>
      <select
        value={value}
        onChange={(event) => onChange(event.target.value as KeyField | typeof NONE)}
        className="h-7 w-44 rounded-md border border-line bg-surface px-1.5 hover:border-line-strong"
      >
        {none === undefined ? null : <option value={NONE}>{none}</option>}
        {KEY_FIELDS.filter((field) => field !== without).map((field) => (
          <option key={field} value={field} title={fieldOf(field).about}>
            {fieldOf(field).label}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Any field of the catalogue, or any two. */
export function ByPicker({ by, onChange }: { by: readonly KeyField[]; onChange: (by: KeyField[]) => void }) {
  const [first, second] = by
  return (
    <Popover
      label="Group talkers by"
      trigger={
        <IconButton label="Group by other fields" look="plain">
          <Ellipsis aria-hidden="true" size={14} />
        </IconButton>
      }
    >
      <div className="grid gap-2">
        <FieldSelect
          label="By"
          value={first!}
          onChange={(field) => {
            if (field !== NONE)
              onChange([
                field,
                ...optionsNow('overview')
                  .by.slice(1)
                  .filter((other) => other !== field),
              ])
          }}
        />
        <FieldSelect
          label="and by"
          value={second ?? NONE}
          none="nothing else"
          without={first!}
          onChange={(field) => {
            const [kept] = optionsNow('overview').by
            onChange(field === NONE ? [kept!] : [kept!, field])
          }}
        />
      </div>
    </Popover>
  )
}
