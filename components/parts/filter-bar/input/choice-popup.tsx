'use client'

import { formatPlural } from '@/components/parts/format/number'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { fieldOf } from '@/lib/flow/field/fields'
import type { Expected } from '@/lib/link/editing/expected'
import { ChoiceList } from './choice-list'
import type { Choices } from './use-choices'

/** Left edge of the filter's text, pixels from that of the bar. */
const TEXT = 31

function noValue(expected: Expected | null): string | null {
  if (expected?.kind !== 'value') return null
  const { field, typed } = expected
  return `No ${fieldOf(field).label.toLowerCase()} ${typed === '' ? 'occurs' : `begins with ${typed}`} under the rest of the filter`
}

/** Returns a remark beside the choices, or in place of them. */
function remark({ shown, count, completions }: Choices): string | null {
  if (shown === 'history') return count === 0 ? 'No other filter was typed in this browser' : null
  const { expected, values, failure } = completions
  if (values === 'failed') return failure
  if (values === 'looking') return 'Looking for values…'
  if (values === 'unknown') return 'Values are suggested once the rest of the filter is valid'
  return values === 'known' && count === 0 ? noValue(expected) : null
}

/** The list under the filter, below the word that is being typed. */
export function ChoicePopup({ listId, choices, scrolled }: { listId: string; choices: Choices; scrolled: number }) {
  const { shown, sections, active, count, completions, take, forget } = choices
  const isHistory = shown === 'history'
  const said = remark(choices)
  const at = isHistory ? 0 : (completions.expected?.span.at ?? 0)
  return (
    <>
      <p role="status" className="sr-only">
        {said ?? `${formatPlural(count, isHistory ? 'earlier filter' : 'completion')}${count > 0 ? ', arrow down to choose' : ''}`}
      </p>
      {count === 0 && said === null ? null : (
        <div
          className="data absolute top-[34px] z-50 w-120 max-w-full rounded-lg bg-raised text-data shadow-float"
          style={{ left: `max(0px, min(calc(${TEXT - scrolled}px + ${at}ch), calc(100% - 480px)))` }}
        >
          <div className="font-sans">
            {count > 0 ? (
              <ChoiceList
                id={listId}
                label={isHistory ? 'Earlier filters' : 'Completions'}
                sections={sections}
                active={active}
                onTake={take}
              />
            ) : null}
            {said === null ? null : (
              <p
                className={classNames(
                  'px-3.5 py-2 text-label wrap-anywhere',
                  completions.values === 'failed' && !isHistory ? 'text-caution' : 'text-muted',
                )}
              >
                {said}
              </p>
            )}
            {isHistory && count > 0 ? (
              <div className="flex justify-end border-t border-line p-1">
                <Button look="ghost" onClick={forget}>
                  Forget them
                </Button>
              </div>
            ) : null}
          </div>
        </div>
      )}
    </>
  )
}
