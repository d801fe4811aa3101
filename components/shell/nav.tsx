'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { classNames } from '@/components/ui/class-names'
import { useView } from '@/components/view/use-view'

const PAGES = [
  { path: '/', name: 'Overview' },
  { path: '/explorer', name: 'Explorer' },
  { path: '/coverage', name: 'Coverage' },
] as const

/** The pages; the question travels along. */
export function Nav() {
  const here = usePathname()
  const { href } = useView()
  return (
    <nav aria-label="Pages" className="flex items-stretch self-stretch">
      {PAGES.map(({ path, name }) => (
        <Link
          key={path}
          href={href({}, path)}
          aria-current={here === path ? 'page' : undefined}
          className={classNames(
            'relative flex items-center px-2.5 transition-colors',
            here === path
              ? 'font-medium text-ink after:absolute after:inset-x-2.5 after:bottom-0 after:h-0.5 after:bg-accent'
              : 'text-muted hover:text-ink',
          )}
        >
          {name}
        </Link>
      ))}
    </nav>
  )
}
