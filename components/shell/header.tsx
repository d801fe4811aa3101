import { FirstStepsButton } from '@/components/parts/first-steps/first-steps-button'
import { KeysHelp } from '@/components/parts/keys/keys-help'
import { LiveButton } from '@/components/parts/live/live-button'
import { AccountMenu } from '@/components/shell/sign-in/sign-in'
import { Mark } from '@/components/ui/marks/mark'
import { Nav } from './nav'
import { NavMenu } from './nav-menu'
import { Sources } from './sources'
import { ThemeToggle } from './theme-toggle'
import { ZoneToggle } from './zone-toggle'

/** The header: name, pages, and settings of all pages. */
export function Header() {
  return (
    <header className="sticky top-0 z-40 flex h-(--header-height) items-center border-b border-line bg-surface px-3 sm:px-4">
      <Mark />
      <Nav />
      <NavMenu />
      <div className="ml-auto flex items-center sm:gap-1">
        <AccountMenu />
        <FirstStepsButton />
        <Sources />
        <LiveButton />
        <ZoneToggle />
        <ThemeToggle />
        <span className="max-sm:hidden">
          <KeysHelp />
        </span>
      </div>
    </header>
  )
}
