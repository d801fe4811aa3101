import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { madeBy } from './route'

const ROOT = resolve(import.meta.dirname, '../..')
const filesOf = (folder: string) => readdirSync(resolve(ROOT, folder), { recursive: true }).map((file) => `${folder}/${file}`)
const FILES = filesOf('app')
  .filter((file) => /\/route\.[a-z]+$/.test(file))
  .sort()
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']
/** Answer without a session: who signs in has none yet, probes and scrapers never have one. */
const OPEN = /^(auth\/|health\/live$|health\/ready$|metrics$)/

describe.each(FILES)('%s', async (file) => {
  const exported = Object.entries((await import(resolve(ROOT, file))) as Record<string, unknown>)

  it('exports nothing but methods that the wrapper made', () => {
    expect(exported.length).toBeGreaterThan(0)
    for (const [name, route] of exported) {
      expect(METHODS, name).toContain(name)
      expect(madeBy(route)?.method, `${name} was not made by handle, or for another method`).toBe(name)
    }
  })

  it('asks who comes, unless it is one of the few that need not', () => {
    for (const [, route] of exported)
      if (madeBy(route)?.open) expect(file.replace(/^app\/api\//, '').replace(/\/route\.ts$/, '')).toMatch(OPEN)
  })

  it('only names them', () => {
    expect(readFileSync(resolve(ROOT, file), 'utf8').trim()).toMatch(/^(export \{ [\w, ]+ \} from '@\/lib\/http\/[\w-]+'\n?)+$/)
  })
})

it('there are routes, and no other kind of entry', () => {
  expect(FILES.length).toBeGreaterThan(25)
  expect(existsSync(resolve(ROOT, 'pages'))).toBe(false)
  const sources = ['app', 'components', 'lib'].flatMap(filesOf).filter((file) => /\.tsx?$/.test(file))
  const actions = sources.filter((file) => /^\s*['"]use server['"]/m.test(readFileSync(resolve(ROOT, file), 'utf8')))
  expect(actions).toEqual([])
})
