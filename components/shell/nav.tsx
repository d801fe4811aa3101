'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useRef } from 'react'
import { useKey } from '@/components/parts/keys/use-key'
import { useView } from '@/components/parts/view/use-view'
import { classNames } from '@/components/ui/class-names'
import { NAVIGATION } from '@/lib/link/pages'
import { isHere } from './is-here'

function NavLink({ path, title, hotkey }: (typeof NAVIGATION)[number]) {
  const here = isHere(path, usePathname())
  const link = useRef<HTMLAnchorElement>(null)
  const { href } = useView()
  const target = href({}, path)
  useKey({ keys: hotkey, does: title.toLowerCase(), group: 'Go' }, () => link.current?.click())
  return (
    <Link
      ref={link}
      href={target}
      aria-current={here ? 'page' : undefined}
      title={`${title} (${hotkey})`}
      className={classNames(
        'relative flex items-center px-2.5 -outline-offset-2 transition-colors',
        here
          ? 'font-medium text-ink after:absolute after:inset-x-2.5 after:bottom-0 after:h-0.5 after:bg-accent'
          : 'text-muted hover:text-ink',
      )}
    >
      {title}
    </Link>
  )
}

/** The pages side by side, if there is room; links keep the question. */
export function Nav() {
  return (
    <nav aria-label="Pages" className="flex min-w-0 items-stretch self-stretch max-lg:hidden">
      {NAVIGATION.map((page) => (
        <NavLink key={page.path} {...page} />
      ))}
    </nav>
  )
}
