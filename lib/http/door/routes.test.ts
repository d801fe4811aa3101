import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SET_UP } from '@/lib/link/set-up'
import { VIEWS } from '@/lib/link/views'
import type { ViewRecord, ViewRoute } from '@/lib/link/views/record'
import { madeBy } from './route'

const ROOT = resolve(import.meta.dirname, '../../..')
const filesOf = (folder: string) => readdirSync(resolve(ROOT, folder), { recursive: true }).map((file) => `${folder}/${file}`)
const FILES = filesOf('app')
  .filter((file) => /\/route\.[a-z]+$/.test(file))
  .sort()
const ROUTES = Object.fromEntries(Object.entries<ViewRecord>(VIEWS).flatMap(([name, { route }]) => (route ? [[name, route]] : [])))
/** Routes that answer with a file, or with events. */
const NO_JSON = ['export', 'load']
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']
/** Routes without a session: people who are signing in have none yet, probes and scrapers never have one. */
const OPEN = /^(auth\/|health\/live$|health\/ready$|metrics$)/

describe.each(FILES)('%s', async (file) => {
  const exported = Object.entries((await import(resolve(ROOT, file))) as Record<string, unknown>)

  it('exports only methods that the wrapper made', () => {
    expect(exported.length).toBeGreaterThan(0)
    for (const [name, route] of exported) {
      expect(METHODS, name).toContain(name)
      expect(madeBy(route)?.method, `${name} was not made by handle, or for another method`).toBe(name)
    }
  })

  it('identifies the person, unless it is one of the few open routes', () => {
    for (const [, route] of exported)
      if (madeBy(route)?.open) expect(file.replace(/^app\/api\//, '').replace(/\/route\.ts$/, '')).toMatch(OPEN)
  })

  it('contains only re-exports', () => {
    expect(readFileSync(resolve(ROOT, file), 'utf8').trim()).toMatch(/^(export \{ [\w, ]+ \} from '@\/lib\/http\/[\w-]+\/[\w-]+'\n?)+$/)
  })
})

it.each(Object.entries<ViewRecord>(VIEWS))('%s has the route and the page of its record', (_, { route, page }) => {
  if (route) expect(FILES).toContain(`app/api/${route.path}/route.ts`)
  if (page)
    expect(filesOf('app').some((file) => new RegExp(`^app${page.path.replace(/\/$/, '')}(/\\[\\w+\\])?/page\\.tsx$`).test(file))).toBe(true)
})

it.each(Object.entries<ViewRoute>({ ...SET_UP, ...ROUTES }))('%s has a schema of its answer', async (name, { answer }) => {
  expect(answer === undefined).toBe(NO_JSON.includes(name))
  const schema = await answer?.()
  expect(schema?.safeParse({}).success ?? false).toBe(false)
})

it('there are routes, and no other kind of entry point', () => {
  expect(FILES.length).toBeGreaterThan(25)
  expect(existsSync(resolve(ROOT, 'pages'))).toBe(false)
  const sources = ['app', 'components', 'lib'].flatMap(filesOf).filter((file) => /\.tsx?$/.test(file))
  const actions = sources.filter((file) => /^\s*['"]use server['"]/m.test(readFileSync(resolve(ROOT, file), 'utf8')))
  expect(actions).toEqual([])
})
