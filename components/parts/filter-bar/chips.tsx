'use client'

import { Eye, EyeOff, Pin, X } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'
import type { PressedKey } from '@/components/parts/keys/key'
import { useListedKeys } from '@/components/parts/keys/use-key'
import type { Patch } from '@/components/parts/view/patch'
import { useView } from '@/components/parts/view/use-view'
import { ViewLink } from '@/components/parts/view/view-link'
import { classNames } from '@/components/ui/class-names'
import { usePins } from './pins'
import { type ChipTerm, termsOf } from './terms'

const KEYS: readonly PressedKey[] = [
  { keys: 'Enter', does: 'negate the focused chip', group: 'In the filter' },
  { keys: 'Delete', does: 'remove the focused chip', group: 'In the filter' },
]

const SIDE = 'flex w-7 shrink-0 items-center justify-center border-l border-line text-muted -outline-offset-2 hover:bg-hover hover:text-ink'

function TermText({ term }: { term: ChipTerm }) {
  const { chip } = term
  const bare = chip.negated ? chip.text.replace(/^(not\s+|[-!])/i, '').replace(/^([\w.]+)!=/, '$1:') : chip.text
  const colon = chip.field === null ? -1 : bare.indexOf(':')
  return (
    <span className={classNames('truncate', !term.on && 'line-through')}>
      <span className="text-muted">{bare.slice(0, colon + 1)}</span>
      {bare.slice(colon + 1)}
    </span>
  )
}

/**
 * One term with links that negate it, switch it off or on, and remove it. `onChange` is called before the change, with the place and the part that get the
 * focus after it.
 */
function ChipItem({ term, onChange }: { term: ChipTerm; onChange: (place: number, part: number) => void }) {
  const { chip, on, place } = term
  const { go } = useView()
  const { isPinned, turn: turnPin } = usePins()
  const pinned = isPinned(chip.text)
  const remove = () => {
    onChange(place, 0)
    go(term.removed)
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Delete' && event.key !== 'Backspace') return
    event.preventDefault()
    remove()
  }
  const links: readonly { patch: Patch; to: number }[] = [
    { patch: term.negated, to: place },
    { patch: term.switched, to: term.switchedPlace },
    { patch: term.removed, to: place },
  ]
  const [negate, turn, drop] = links.map(({ patch, to }, part) => ({ patch, onClick: () => onChange(to, part) }))
  const Sign = on ? Eye : EyeOff
  return (
    <li
      onKeyDown={onKeyDown}
      className={classNames(
        'flex h-7.5 max-w-full items-stretch overflow-hidden rounded-md border bg-surface',
        on ? 'border-line' : 'border-dashed border-line-strong',
      )}
    >
      <ViewLink
        {...negate!}
        title={chip.negated ? 'Remove the negation' : 'Negate chip'}
        className={classNames(
          'data flex min-w-0 items-center gap-1.5 px-2 text-label -outline-offset-2 hover:bg-hover',
          !on && 'text-muted',
        )}
      >
        {on ? null : <span className="sr-only">off:</span>}
        {chip.negated ? <span className="rounded-sm bg-hover px-1 font-sans font-medium text-ink">not</span> : null}
        <TermText term={term} />
      </ViewLink>
      {on ? (
        <button
          type="button"
          aria-pressed={pinned}
          aria-label={`Pin ${chip.text}`}
          title={pinned ? 'Pinned: stays on every page' : 'Pin: keep on every page'}
          className={classNames(SIDE, pinned && 'text-accent')}
          onClick={() => turnPin(chip.text)}
        >
          <Pin aria-hidden="true" size={12} className={pinned ? 'fill-current' : ''} />
        </button>
      ) : null}
      <ViewLink
        {...turn!}
        aria-label={`Switch ${on ? 'off' : 'on'} ${chip.text}`}
        title={on ? 'Switch off, but keep' : 'Switch on'}
        className={SIDE}
      >
        <Sign aria-hidden="true" size={12} />
      </ViewLink>
      <ViewLink {...drop!} aria-label={`Remove ${chip.text}`} title="Remove" className={SIDE}>
        <X aria-hidden="true" size={12} />
      </ViewLink>
    </li>
  )
}

/** The terms of the filter, then those that are switched off. The focus stays with a chip that changes. */
export function Chips({ input }: { input: RefObject<HTMLInputElement | null> }) {
  const { q, off, problem } = useView()
  const list = useRef<HTMLUListElement>(null)
  const wanted = useRef<{ place: number; part: number } | null>(null)
  const terms = problem === null ? termsOf(q, off) : []
  const said = `${q}\n${off}`
  useListedKeys(KEYS)

  useEffect(() => {
    if (wanted.current === null) return
    const { place, part } = wanted.current
    wanted.current = null
    const items = list.current?.children ?? []
    const item = items[Math.min(place, items.length - 1)]
    const target = item?.querySelectorAll('a')[part] ?? input.current
    target?.focus()
  }, [said, input])

  if (terms.length === 0) return null
  return (
    <ul ref={list} aria-label="Terms of the filter" className="flex min-w-0 flex-wrap gap-1.5">
      {terms.map((term) => (
        <ChipItem
          key={term.place}
          term={term}
          onChange={(place, part) => {
            wanted.current = { place, part }
          }}
        />
      ))}
    </ul>
  )
}
