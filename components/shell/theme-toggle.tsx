'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { IconButton } from '@/components/ui/button'
import { readTheme, THEMES, type Theme, watchTheme, writeTheme } from './theme'

const LOOKS = {
  system: { Icon: Monitor, name: 'as the system has it' },
  dark: { Icon: Moon, name: 'dark' },
  light: { Icon: Sun, name: 'light' },
} as const

/** Steps through system, dark and light. */
export function ThemeToggle() {
  const theme = useSyncExternalStore<Theme>(watchTheme, readTheme, () => 'system')
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!
  const { Icon, name } = LOOKS[theme]
  return (
    <IconButton label={`Theme: ${name}. Change to ${next}`} onClick={() => writeTheme(next)}>
      <Icon aria-hidden="true" size={15} />
    </IconButton>
  )
}
