'use client'

import { Check, ChevronDown } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useState } from 'react'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { Popover } from '@/components/ui/popover'
import { NAVIGATION, viewOfPath } from '@/lib/link/pages'
import { VIEWS } from '@/lib/link/views'
import { isHere } from './is-here'

/** The pages behind a button that names the open one, for narrow screens. */
export function NavMenu() {
  const path = usePathname()
  const { href } = useView()
  const [open, setOpen] = useState(false)
  const here = NAVIGATION.find((page) => isHere(page.path, path))
  const view = viewOfPath(path)
  const title = here?.title ?? (view === null ? 'Pages' : VIEWS[view].page.title)
  return (
    <div className="lg:hidden">
      <Popover
        label="Pages"
        align="start"
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button className="h-8" aria-label={title === 'Pages' ? title : `Pages, now ${title}`}>
            {title}
            <ChevronDown aria-hidden="true" size={12} className="text-muted" />
          </Button>
        }
      >
        <nav aria-label="Pages" className="-m-1.5 w-48">
          {NAVIGATION.map(({ path: target, title }) => (
            <Link
              key={target}
              href={href({}, target)}
              prefetch={false}
              aria-current={target === here?.path ? 'page' : undefined}
              onClick={() => setOpen(false)}
              className={classNames(
                'flex h-10 items-center justify-between rounded-md px-2.5 hover:bg-hover',
                target === here?.path ? 'font-medium' : 'text-muted',
              )}
            >
              {title}
              {target === here?.path ? <Check aria-hidden="true" size={14} /> : null}
            </Link>
          ))}
        </nav>
      </Popover>
    </div>
  )
}
