import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** What comes late without a boundary of its own suspends the whole page: a page that is drawn at once then draws itself again until it has come, which it never does. */
it('every part that comes late has a boundary of its own', () => {
  const parts = readdirSync('components', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .flatMap((file) =>
      [...readFileSync(`components/${file}`, 'utf8').matchAll(/\bdynamic\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g)].map(([text]) => ({
        file,
        text,
      })),
    )
  expect(parts.length).toBeGreaterThan(10)
  expect(parts.filter(({ text }) => !/ssr: false|loading:/.test(text))).toEqual([])
})
