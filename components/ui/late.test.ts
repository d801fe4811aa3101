import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/**
 * A late part without its own boundary suspends the whole page, which then renders again and again until the part arrives; a page that must render at once
 * never gets there.
 */
it('every part that is loaded late has its own boundary', () => {
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
