'use client'

import Link from 'next/link'
import { usePathname, useRouter } from 'next/navigation'
import { useKey } from '@/components/keys/use-key'
import { classNames } from '@/components/ui/class-names'
import { useView } from '@/components/view/use-view'

const PAGES = [
  { path: '/', name: 'Overview', keys: 'g o' },
  { path: '/explorer', name: 'Explorer', keys: 'g e' },
  { path: '/rules', name: 'Rules', keys: 'g r' },
  { path: '/scans', name: 'Scans', keys: 'g s' },
  { path: '/flips', name: 'Flips', keys: 'g f' },
  { path: '/coverage', name: 'Coverage', keys: 'g c' },
  { path: '/investigations', name: 'Investigations', keys: 'g i' },
] as const

/** Where the names do not all fit, the one of this page is in sight. */
function showPage(link: HTMLAnchorElement | null): void {
  link?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

function NavLink({ path, name, keys }: (typeof PAGES)[number]) {
  const at = usePathname()
  const here = at === path || (path === '/investigations' && at.startsWith('/i/'))
  const router = useRouter()
  const { href } = useView()
  const target = href({}, path)
  useKey({ keys, does: name.toLowerCase(), group: 'Go' }, () => router.push(target))
  return (
    <Link
      ref={here ? showPage : undefined}
      href={target}
      aria-current={here ? 'page' : undefined}
      title={`${name} (${keys})`}
      className={classNames(
        'relative flex items-center px-2 -outline-offset-2 transition-colors sm:px-2.5',
        here
          ? 'font-medium text-ink after:absolute after:inset-x-2 after:bottom-0 after:h-0.5 after:bg-accent sm:after:inset-x-2.5'
          : 'text-muted hover:text-ink',
      )}
    >
      {name}
    </Link>
  )
}

/** The pages; the question travels along. */
export function Nav() {
  return (
    <nav aria-label="Pages" className="flex min-w-0 items-stretch self-stretch overflow-x-auto [scrollbar-width:none]">
      {PAGES.map((page) => (
        <NavLink key={page.path} {...page} />
      ))}
    </nav>
  )
}
