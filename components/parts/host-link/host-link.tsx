'use client'

import { ArrowUpRight } from 'lucide-react'
import Link from 'next/link'
import { useView } from '@/components/parts/view/use-view'
import { buttonClass } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { hostHref } from './host-href'

/** Links to the page about an address. */
export function HostLink({ address, className }: { address: string; className?: string }) {
  const view = useView()
  const href = hostHref(address, view)
  if (href === null) return null
  const label = `All about ${address}`
  return (
    <Link href={href} prefetch={false} aria-label={label} title={label} className={classNames(buttonClass('ghost', true), className)}>
      <ArrowUpRight aria-hidden="true" size={13} />
    </Link>
  )
}
