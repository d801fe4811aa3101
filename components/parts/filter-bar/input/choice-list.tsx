'use client'

import { useEffect } from 'react'
import { compactCount, formatPlural } from '@/components/parts/format/number'
import { classNames } from '@/components/ui/class-names'
import { choiceId } from './choice-id'
import type { ListChoice, Section } from './sections'

function Option({ choice, id, active, onTake }: { choice: ListChoice; id: string; active: boolean; onTake: () => void }) {
  const { kind, label, about, tuples } = choice
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the text field keeps the focus, as the ARIA combobox pattern has it
    // biome-ignore lint/a11y/useKeyWithClickEvents: the text field hears the keys
    <div
      role="option"
      id={id}
      aria-selected={active}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onTake}
      className={classNames(
        'flex min-h-7 cursor-default items-center gap-3 rounded-md px-2',
        active ? 'bg-accent-soft shadow-[inset_2px_0_0_var(--color-accent)]' : 'hover:bg-hover',
      )}
    >
      <span className={classNames('data min-w-0', kind === 'filter' ? 'py-1 wrap-anywhere' : 'truncate')}>{label}</span>
      <span className="min-w-0 flex-1 truncate text-label text-muted">{about}</span>
      {tuples === undefined ? null : (
        <span className="data shrink-0 text-label text-muted" title={formatPlural(tuples, 'tuple')}>
          {compactCount(tuples)}
        </span>
      )}
    </div>
  )
}

/** Choices under headings; the text field handles the keys. */
export function ChoiceList({
  id,
  label,
  sections,
  active,
  onTake,
}: {
  id: string
  label: string
  sections: readonly Section[]
  /** Index across all sections. */
  active: number | null
  onTake: (choice: ListChoice) => void
}) {
  useEffect(() => {
    if (active !== null) document.getElementById(choiceId(id, active))?.scrollIntoView({ block: 'nearest' })
  }, [id, active])
  let index = 0
  return (
    <div role="listbox" id={id} aria-label={label} className="max-h-[min(420px,50dvh)] overflow-y-auto overscroll-contain p-1.5">
      {sections.map(({ title, note, choices }) => (
        // biome-ignore lint/a11y/useSemanticElements: a listbox holds groups of options, and no fieldsets
        <div key={title} role="group" aria-label={note === '' ? title : `${title}, ${note}`}>
          <div aria-hidden="true" className="flex h-6 items-center justify-between px-2 text-label text-faint">
            <span>{title}</span>
            <span className="data">{note}</span>
          </div>
          {choices.map((choice) => {
            const at = index++
            return (
              <Option
                key={`${choice.kind} ${choice.text}`}
                choice={choice}
                id={choiceId(id, at)}
                active={at === active}
                onTake={() => onTake(choice)}
              />
            )
          })}
        </div>
      ))}
    </div>
  )
}
