import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

interface Locked {
  version?: string
  integrity?: string
  optionalDependencies?: Record<string, string>
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> }
const paths = Object.keys(packages)

it('the lock file contains the optional packages of every platform, which npm ci requires', () => {
  const wanted = paths.flatMap((path) => Object.keys(packages[path]!.optionalDependencies ?? {}))
  expect(wanted.length).toBeGreaterThan(20)
  expect(wanted.filter((name) => !paths.some((path) => path.endsWith(`node_modules/${name}`)))).toEqual([])
})

it('the lock file contains the SHA-512 of every package, so that npm ci installs no other bytes', () => {
  const installed = paths.filter((path) => path !== '')
  expect(installed.length).toBeGreaterThan(500)
  expect(installed.filter((path) => !/^sha512-[\w+/]{86}==$/.test(packages[path]!.integrity ?? ''))).toEqual([])
})
