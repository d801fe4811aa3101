'use client'

import Link from 'next/link'
import { DropdownMenu } from 'radix-ui'
import { Fragment } from 'react'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { hostHref } from '@/components/parts/host-link/host-href'
import { useView } from '@/components/parts/view/use-view'
import { ViewLink } from '@/components/parts/view/view-link'
import { useWhois } from '@/components/parts/whois/use-whois'
import { useToast } from '@/components/ui/toaster'
import { fieldOf } from '@/lib/flow/field/fields'
import { addTerm } from '@/lib/link/editing/edit'
import { menuEntries, type Subject, toldEntries } from './menu-entries'
import type { MenuPlace } from './place'

const ITEM =
  'flex h-7 cursor-default items-center justify-between gap-6 rounded-md px-2 outline-none select-none data-highlighted:bg-hover data-highlighted:text-ink'

function Entries({ subject }: { subject: Subject }) {
  const view = useView()
  const { q, href } = view
  const about = fieldOf(subject.field).type === 'address' ? hostHref(subject.value, view) : null
  const found = useWhois(about === null ? '' : subject.value)
  const groups = [...menuEntries(q, subject), ...(found === null ? [] : [toldEntries(q, subject, found)])].filter(
    (group) => group.length > 0,
  )
  const lookups = useAnswer('health').data?.lookups ?? []
  const say = useToast()
  async function copy() {
    try {
      await navigator.clipboard.writeText(subject.value)
      say(`Copied ${subject.value}`)
    } catch {
      say('The browser did not allow copying')
    }
  }
  return (
    <>
      {groups.map((group) => (
        <Fragment key={group[0]!.label}>
          {group.map((entry) => (
            <DropdownMenu.Item key={entry.label} asChild>
              <ViewLink patch={{ q: entry.q }} className={ITEM} title={entry.q}>
                {entry.label}
              </ViewLink>
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.Separator className="mx-2 my-1 h-px bg-line" />
        </Fragment>
      ))}
      {about === null ? null : (
        <DropdownMenu.Item asChild>
          <Link href={about} prefetch={false} className={ITEM}>
            All about {subject.value}
          </Link>
        </DropdownMenu.Item>
      )}
      {about === null
        ? null
        : lookups.map(({ name, url }) => (
            <DropdownMenu.Item key={name} asChild>
              <a href={url.replaceAll('{ip}', encodeURIComponent(subject.value))} target="_blank" rel="noreferrer" className={ITEM}>
                Look up at {name}
              </a>
            </DropdownMenu.Item>
          ))}
      <DropdownMenu.Item className={ITEM} onSelect={copy}>
        Copy
      </DropdownMenu.Item>
      <DropdownMenu.Item asChild>
        <a href={href({ q: addTerm(q, subject.field, subject.value) })} target="_blank" rel="noreferrer" className={ITEM}>
          Open in a new tab
        </a>
      </DropdownMenu.Item>
    </>
  )
}

/** The menu of a value, beside it. */
export function MenuWindow({
  subject,
  place,
  shown,
  onShown,
}: {
  subject: Subject
  place: MenuPlace
  shown: boolean
  onShown: (shown: boolean) => void
}) {
  return (
    <DropdownMenu.Root open={shown} onOpenChange={onShown}>
      <DropdownMenu.Trigger asChild>
        <span aria-hidden="true" className="pointer-events-none fixed" style={place.box} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          aria-label={`${fieldOf(subject.field).label} ${subject.value}`}
          aria-labelledby={undefined}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          loop
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            place.from.focus()
          }}
          className="z-60 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 max-w-[calc(100vw-16px)] overflow-y-auto rounded-lg bg-raised p-1.5 shadow-float"
        >
          <DropdownMenu.Label className="flex max-w-80 gap-1.5 px-2 pt-0.5 pb-1.5 text-label text-muted">
            {fieldOf(subject.field).label} <span className="data truncate text-ink">{subject.value}</span>
          </DropdownMenu.Label>
          <Entries subject={subject} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
