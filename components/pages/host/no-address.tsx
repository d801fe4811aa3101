'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useView } from '@/components/parts/view/use-view'
import { buttonClass } from '@/components/ui/button'
import { Empty } from '@/components/ui/states/empty'
import { typedPart } from './address-of'

/** Shown if the path holds no address. */
export function NoAddress() {
  const typed = typedPart(usePathname().replace(/^\/host\//, ''))
  const { href } = useView()
  return (
    <div role="alert" className="flex-1 py-20">
      <Empty
        title={`${typed} is not an address`}
        titleAs="h1"
        actions={
          <Link href={href({}, '/')} className={buttonClass()}>
            Overview
          </Link>
        }
      >
        A host page is about one IPv4 or IPv6 address, such as 10.0.0.1 or 2001:db8::1. A network such as 10.0.0.0/8 goes into the filter.
      </Empty>
    </div>
  )
}
