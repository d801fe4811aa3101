'use client'

import { CornerDownLeft, History, Search, X } from 'lucide-react'
import { type RefObject, useId } from 'react'
import type { PressedKey } from '@/components/parts/keys/key'
import { useKey, useListedKeys } from '@/components/parts/keys/use-key'
import { useView } from '@/components/parts/view/use-view'
import { IconButton } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { late } from '@/components/ui/late'
import { MistakeMark } from '@/components/ui/marks/mistake-mark'
import { choiceId } from './choice-id'
import { FilterMistake } from './filter-mistake'
import { mistakeApartFrom, mistakeIn } from './mistake'
import { useChoices } from './use-choices'
import { useFilterText } from './use-filter-text'

const ChoicePopup = late(() => import('./choice-popup').then((part) => part.ChoicePopup))

const KEYS: readonly PressedKey[] = [
  { keys: 'Control Space', does: 'complete', group: 'In the filter' },
  { keys: 'ArrowUp', does: 'earlier filters', group: 'In the filter' },
  { keys: 'Tab', does: 'accept the suggestion', group: 'In the filter' },
  { keys: 'Enter', does: 'accept the choice, or apply', group: 'In the filter' },
  { keys: 'Escape', does: 'revert', group: 'In the filter' },
]

/** The filter as one line with completion. A filter with an error runs no query. */
export function FilterInput({ input }: { input: RefObject<HTMLInputElement | null> }) {
  const { q } = useView()
  const typed = useFilterText(input)
  const choices = useChoices(input, typed)
  const [listId, mistakeId] = [useId(), useId()]
  const { text, tried } = typed
  const { shown, show, active, count } = choices
  const mistake = tried ? mistakeIn(text) : mistakeApartFrom(text, choices.completions.expected?.word ?? null)
  const isRefused = tried && mistake !== null
  useListedKeys(KEYS)
  useKey({ keys: '/', does: 'filter', group: 'Ask' }, () => {
    input.current?.focus()
    typed.write(text, text.length)
  })

  function clear() {
    if (q === '') typed.write('', 0)
    else typed.apply('')
    input.current?.focus()
  }

  return (
    <search
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) show('nothing')
      }}
      className="relative min-w-0 flex-1 basis-80"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          choices.apply(text)
        }}
        className={classNames(
          'flex h-8 items-center rounded-md border bg-ground pr-0.5 pl-2 focus-within:border-accent focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent',
          isRefused ? 'border-caution' : 'border-line-strong',
        )}
      >
        <Search aria-hidden="true" size={14} className="shrink-0 text-faint" />
        <div className="relative h-full min-w-0 flex-1">
          {mistake ? <MistakeMark text={text} span={mistake.span} scrolled={typed.scrolled} /> : null}
          <input
            ref={input}
            value={text}
            onChange={() => {
              typed.read()
              show('completions')
            }}
            onSelect={typed.read}
            onScroll={typed.read}
            onKeyDown={choices.onKeyDown}
            type="text"
            name="q"
            role="combobox"
            aria-label="Filter"
            aria-expanded={count > 0}
            aria-controls={count > 0 ? listId : undefined}
            aria-activedescendant={active === null ? undefined : choiceId(listId, active)}
            aria-autocomplete="list"
            aria-invalid={isRefused}
            aria-describedby={isRefused ? mistakeId : undefined}
            placeholder="Filter, such as action:deny dir:in not src:10.0.0.0/8"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            className="data relative h-full w-full bg-transparent px-2 text-data text-ellipsis outline-none"
          />
        </div>
        {text !== '' ? (
          <IconButton label="Clear the filter" className="size-7" onClick={clear}>
            <X aria-hidden="true" size={14} />
          </IconButton>
        ) : null}
        <IconButton
          label="Earlier filters (arrow up)"
          aria-expanded={shown === 'history'}
          className="size-7"
          onClick={() => {
            show(shown === 'history' ? 'nothing' : 'history')
            input.current?.focus()
          }}
        >
          <History aria-hidden="true" size={14} />
        </IconButton>
        <IconButton label="Apply the filter (Enter)" type="submit" className={classNames('size-7', text.trim() !== q && 'text-accent')}>
          <CornerDownLeft aria-hidden="true" size={14} />
        </IconButton>
      </form>
      {shown === 'nothing' ? null : <ChoicePopup listId={listId} choices={choices} scrolled={typed.scrolled} />}
      {isRefused ? <FilterMistake id={mistakeId} at={mistake.span.at} message={mistake.message} /> : null}
    </search>
  )
}
