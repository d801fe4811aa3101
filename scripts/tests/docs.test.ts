import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { FILTER_FIELDS } from '@/lib/flow/field/fields'
import { factsOf } from '@/lib/flow/finding/facts'
import { FINDING_KINDS } from '@/lib/flow/finding/kinds'
import { type RouteView, routeKeys, VIEWS } from '@/lib/link/views'

const read = (path: string) => readFileSync(path, 'utf8')
const docPages = () =>
  readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`)

it('describes every route of the API', () => {
  const routes = readdirSync('app/api', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('route.ts'))
    .map((path) => `/api/${path.replaceAll('\\', '/').replace('/route.ts', '')}`)
  expect(routes.length).toBeGreaterThan(30)
  const docs = read('docs/api.md').replaceAll('/ID', '/[id]')
  expect(routes.filter((route) => !docs.includes(`${route}\``) && !docs.includes(`${route}?`))).toEqual([])
})

it('describes every key of the API', () => {
  const keys = new Set(Object.entries(VIEWS).flatMap(([name, view]) => ('route' in view ? Object.keys(routeKeys(name as RouteView)) : [])))
  const docs = read('docs/api.md')
  expect([...keys].filter((key) => !docs.includes(`\`${key}\``))).toEqual([])
})

it('describes every field of the filter language', () => {
  const docs = read('docs/filter-language.md')
  expect(FILTER_FIELDS.filter((field) => !docs.includes(`| \`${field}\` |`))).toEqual([])
})

it('names every folder and room', () => {
  const docs = read('ARCHITECTURE.md')
  const rooms = /const rooms = \{([^}]*)\}/.exec(read('.dependency-cruiser.cjs'))![1]!
  for (const [, folder, names] of rooms.matchAll(/'?([\w/]+)'?: \[([^\]]*)\]/g)) {
    const row = docs.split('\n').find((line) => line.startsWith(`| \`${folder}\``))
    const named = [...(row?.split('|')[3] ?? '').matchAll(/`([\w.]+)`/g)].map(([, name]) => name)
    expect(named, folder).toEqual([...names!.matchAll(/'([^']+)'/g)].map(([, name]) => name))
  }
})

it('describes every kind of finding like the program', () => {
  const docs = read('docs/findings.md')
  const told = FINDING_KINDS.flatMap((kind) => {
    const { rule, blind, source, parameters } = factsOf(kind)
    return [rule, blind, source, ...Object.entries(parameters).map(([name, { initial }]) => `\`${kind}.${name}:${initial}\``)]
  })
  expect(told.filter((text) => !docs.includes(text))).toEqual([])
})

it('runs every proof in full, on a schedule', () => {
  const scheduled = new Set([...read('.github/workflows/verify.yml').matchAll(/row: (\w+)/g)].map(([, name]) => name))
  const listed = /PROOFS[^[]*\[\][^[]*\[([^\]]*)\]/.exec(read('scripts/verify/proofs.ts'))![1]!
  expect([...scheduled]).toEqual(listed.match(/\w+/g))
})

it('has no broken links', () => {
  const pages = [...['README', 'ARCHITECTURE', 'CONTRIBUTING', 'SECURITY'].map((name) => `${name}.md`), ...docPages()]
  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
      .map(([, target]) => target!)
      .filter((target) => !existsSync(join(page, '..', target)))
      .map((target) => `${page}: ${target}`),
  )
  expect(broken).toEqual([])
})
