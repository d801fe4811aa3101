import { useContextNames } from '@/components/parts/whois/use-whois'
import { Field, Select } from '@/components/ui/field'
import { Segmented } from '@/components/ui/segmented'
import { EXPORT_FIELDS } from '@/lib/flow/field/fields'
import type { ExportChoice, SchemaChoice } from './export-href'

const FORMATS = [
  { value: 'csv', label: 'CSV', about: 'for spreadsheets; text that would run as a formula gets a leading quote' },
  { value: 'ndjson', label: 'NDJSON', about: 'one JSON object per line' },
  { value: 'parquet', label: 'Parquet', about: 'typed columns, for DuckDB, pandas and the like' },
] as const

const SCHEMAS: Readonly<Record<SchemaChoice, string>> = {
  tuple: 'As in the table',
  ecs: 'Elastic Common Schema (ECS)',
  asim: 'Microsoft Sentinel, ASIM network session',
  cim: 'Splunk, CIM network traffic',
  hec: 'Splunk, CIM as HTTP Event Collector events',
}

/** Format, schema and columns of the file. */
export function ExportChoices({
  choice,
  shown,
  onChange,
}: {
  choice: ExportChoice
  shown: number
  onChange: (choice: ExportChoice) => void
}) {
  const told = useContextNames().length > 0
  const plain = choice.format !== 'ndjson'
  const fixed = !plain && choice.schema !== 'tuple'
  const ofFlows = choice.per === 'flow'
  const formats = (
    <div>
      <p className="pb-1 text-label text-muted">Format</p>
      <Segmented
        label="Format"
        choices={ofFlows ? FORMATS.filter(({ value }) => value !== 'parquet') : FORMATS}
        value={choice.format}
        onChange={(format) => onChange({ ...choice, format })}
      />
    </div>
  )
  if (ofFlows) return formats
  return (
    <>
      {formats}
      <Field label="Schema (NDJSON)">
        <Select
          value={plain ? 'tuple' : choice.schema}
          disabled={plain}
          onChange={(event) => onChange({ ...choice, schema: event.target.value as SchemaChoice })}
        >
          {Object.entries(SCHEMAS).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={fixed ? 'Columns, fixed by the schema' : 'Columns'}>
        <Select
          value={fixed ? 'all' : choice.columns}
          disabled={fixed}
          onChange={(event) => onChange({ ...choice, columns: event.target.value as ExportChoice['columns'] })}
        >
          <option value="all">All {EXPORT_FIELDS.length}</option>
          <option value="shown">The {shown} shown, with blob, ETag and offset</option>
        </Select>
      </Field>
      {told ? (
        <label className="flex min-h-7 items-center gap-2">
          <input
            type="checkbox"
            className="size-3.5 shrink-0 accent-accent-fill"
            checked={choice.context === true}
            onChange={(event) => onChange({ ...choice, context: event.target.checked })}
          />
          With names, countries, networks and lists from context files
        </label>
      ) : null}
      <label className="flex min-h-7 items-center gap-2">
        <input
          type="checkbox"
          className="size-3.5 shrink-0 accent-accent-fill"
          checked={choice.folder}
          onChange={(event) => onChange({ ...choice, folder: event.target.checked })}
        />
        With manifest and checksums, as a folder (.tar)
      </label>
    </>
  )
}
