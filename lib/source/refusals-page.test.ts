import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ENTRA_REFUSALS } from '@/lib/flow/access/entra-refusals'
import { REFUSALS } from './request/refusals/find'
import type { Refusal } from './request/refusals/refusal'

const PAGE = join(import.meta.dirname, '../../docs/refusals.md')

const BY = { sas: 'with a SAS', key: 'with a key', token: 'with a token', nothing: 'without a credential' }
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

function signs({ status, codes, by, said }: Refusal): string {
  const codesText = codes?.map((code) => `\`${code}\``).join(', ')
  return [status?.join(', '), codesText, said, by && BY[by]].filter(Boolean).join('; ') || 'anything else'
}

const rows = (pairs: readonly (readonly string[])[]) => pairs.map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')

const TABLES = {
  storage: `| name | what is answered | what to change |\n|---|---|---|\n${rows(REFUSALS.map((one) => [one.id, signs(one), one.change]))}`,
  entra: `| number | what to change |\n|---|---|\n${rows(Object.entries(ENTRA_REFUSALS))}`,
}

/** Rewrites the tables of the page; `UPDATE=1 npx vitest run lib/source/refusals-page.test.ts` saves it. */
function written(page: string): string {
  return Object.entries(TABLES).reduce(
    (text, [name, table]) =>
      text.replace(new RegExp(`(<!-- ${name} -->\n)[^]*?(\n<!-- /${name} -->)`), (_, before, after) => before + table + after),
    page,
  )
}

it('docs/refusals.md shows every row of both tables', () => {
  if (process.env.UPDATE === '1') writeFileSync(PAGE, written(readFileSync(PAGE, 'utf8')))
  const page = readFileSync(PAGE, 'utf8')
  expect(page).toBe(written(page))
  for (const { id } of REFUSALS) expect(page).toContain(`| ${id} |`)
})
