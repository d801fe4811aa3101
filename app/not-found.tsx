import Link from 'next/link'
import { buttonClass } from '@/components/ui/button'
import { Empty } from '@/components/ui/states/empty'

export default function NotFound() {
  return (
    <div className="flex-1 py-20">
      <Empty
        title="There is no such page"
        titleAs="h1"
        actions={
          <Link href="/" className={buttonClass()}>
            Overview
          </Link>
        }
      >
        The address may be mistyped, or belong to another version of Flowlens.
      </Empty>
    </div>
  )
}
