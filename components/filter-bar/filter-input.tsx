'use client'

import { CornerDownLeft, Search, X } from 'lucide-react'
import { type FormEvent, useId, useRef, useState } from 'react'
import { useKey } from '@/components/keys/use-key'
import { IconButton } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { useView } from '@/components/view/use-view'
import { FilterMistake } from './filter-mistake'
import { filterProblem } from './filter-problem'

/** The filter as one line: `/` focuses, Enter applies, Esc puts back what is applied and leaves. A filter with a mistake is not asked. */
export function FilterInput() {
  const { q, problem, go } = useView()
  const [applied, setApplied] = useState(q)
  const [text, setText] = useState(q)
  const [tried, setTried] = useState(problem !== null)
  if (applied !== q) {
    setApplied(q)
    setText(q)
    setTried(problem !== null)
  }
  const input = useRef<HTMLInputElement>(null)
  const mistakeId = useId()
  const mistake = tried ? filterProblem(text) : null
  useKey({ keys: '/', does: 'filter', group: 'Ask' }, () => input.current?.select())

  function apply(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (filterProblem(text) !== null) return
    go({ q: text.trim() === '' ? null : text.trim() })
  }
  function clear() {
    setText('')
    if (q !== '') go({ q: null })
    input.current?.focus()
  }

  return (
    <search className="min-w-0 flex-1 basis-80">
      <form
        onSubmit={apply}
        className={classNames(
          'flex h-8 items-center rounded-md border bg-ground pr-0.5 pl-2 focus-within:border-accent focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent',
          mistake ? 'border-caution' : 'border-line-strong',
        )}
      >
        <Search aria-hidden="true" size={14} className="shrink-0 text-faint" />
        <input
          ref={input}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            setText(q)
            setTried(problem !== null)
            event.currentTarget.blur()
          }}
          type="text"
          name="q"
          aria-label="Filter"
          aria-invalid={mistake !== null}
          aria-describedby={mistake ? mistakeId : undefined}
          placeholder="Filter, such as action:deny dir:in not src:10.0.0.0/8"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className="data h-full min-w-0 flex-1 bg-transparent px-2 text-data outline-none"
        />
        {text !== '' ? (
          <IconButton label="Clear the filter" className="size-7" onClick={clear}>
            <X aria-hidden="true" size={14} />
          </IconButton>
        ) : null}
        <IconButton label="Apply the filter (Enter)" type="submit" className={classNames('size-7', text.trim() !== q && 'text-accent')}>
          <CornerDownLeft aria-hidden="true" size={14} />
        </IconButton>
      </form>
      {mistake ? <FilterMistake id={mistakeId} text={text} at={mistake.at ?? 0} message={mistake.message} /> : null}
    </search>
  )
}
