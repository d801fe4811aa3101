import { Mark } from './mark'
import { Nav } from './nav'

/** Name, pages, and what holds for all of them. */
export function Header() {
  return (
    <header className="sticky top-0 z-40 flex h-(--header-height) items-center gap-1 border-b border-line bg-surface px-3 sm:px-4">
      <Mark />
      <Nav />
    </header>
  )
}
