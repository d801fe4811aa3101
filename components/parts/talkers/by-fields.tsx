import { optionsNow } from '@/components/parts/view/use-options'
import { useContextNames } from '@/components/parts/whois/use-whois'
import type { ContextName } from '@/lib/flow/field/context'
import { fieldOf, KEY_FIELDS, type KeyField } from '@/lib/flow/field/fields'

const NONE = ''

function isTold(field: KeyField, told: readonly ContextName[]): boolean {
  const { context } = fieldOf(field)
  return context === undefined || told.includes(context.name)
}

function FieldSelect({
  label,
  value,
  none,
  without,
  onChange,
}: {
  label: string
  value: KeyField | typeof NONE
  /** Label of the choice of no field, if offered. */
  none?: string
  without?: KeyField
  onChange: (field: KeyField | typeof NONE) => void
}) {
  const told = useContextNames()
  return (
    <label className="flex items-center justify-between gap-3">
      <span className="text-muted">{label}</span>
      <select
        value={value}
        onChange={(event) => onChange(event.target.value as KeyField | typeof NONE)}
        className="h-7 w-44 rounded-md border border-line bg-surface px-1.5 hover:border-line-strong"
      >
        {none === undefined ? null : <option value={NONE}>{none}</option>}
        {KEY_FIELDS.filter((field) => field !== without && (field === value || isTold(field, told))).map((field) => (
          <option key={field} value={field} title={fieldOf(field).about}>
            {fieldOf(field).label}
          </option>
        ))}
      </select>
    </label>
  )
}

/** The choices of the one field or the two that talkers are grouped by. */
export function ByFields({ by, onChange }: { by: readonly KeyField[]; onChange: (by: KeyField[]) => void }) {
  const [first, second] = by
  return (
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
  )
}
