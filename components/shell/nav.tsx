'use client'

import Link from 'next/link'
import { usePathname, useRouter } from 'next/navigation'
import { useKey } from '@/components/keys/use-key'
import { classNames } from '@/components/ui/class-names'
import { useView } from '@/components/view/use-view'
import { PAGES, type Page } from './pages'

function NavLink({ path, name, keys }: Page) {
  const at = usePathname()
  const here = at === path || (path === '/investigations' && at.startsWith('/i/'))
  const router = useRouter()
  const { href } = useView()
  const target = href({}, path)
  useKey({ keys, does: name.toLowerCase(), group: 'Go' }, () => router.push(target))
  return (
    <Link
      href={target}
      aria-current={here ? 'page' : undefined}
      title={`${name} (${keys})`}
      className={classNames(
        'relative flex items-center px-2.5 -outline-offset-2 transition-colors',
        here
          ? 'font-medium text-ink after:absolute after:inset-x-2.5 after:bottom-0 after:h-0.5 after:bg-accent'
          : 'text-muted hover:text-ink',
      )}
    >
      {name}
    </Link>
  )
}

/** The pages side by side, where there is room for them; the question travels along. */
export function Nav() {
  return (
    <nav aria-label="Pages" className="flex min-w-0 items-stretch self-stretch max-lg:hidden">
      {PAGES.map((page) => (
        <NavLink key={page.path} {...page} />
      ))}
    </nav>
  )
}
