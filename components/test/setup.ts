import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterEach, vi } from 'vitest'
import { forgetServer } from './server'

// It only ends a test that hangs.
configure({ asyncUtilTimeout: 120_000 })

// happy-dom has no display values for these elements, which accessible names depend on.
const style = document.createElement('style')
style.textContent = 'a, abbr, b, code, em, i, kbd, mark, small, span, strong, time { display: inline }'
document.head.append(style)

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  forgetServer()
  window.localStorage.clear()
  window.sessionStorage.clear()
})
