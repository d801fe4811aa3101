import { render } from '@testing-library/react'
import Link from 'next/link'
import { expect, it } from 'vitest'

const NAME = 'UserRule_\u202egnp.exe\u200b'
const MARKED = 'UserRule_‹U+202E›gnp.exe‹U+200B›'

it('marks what nobody sees in texts, names and titles, whoever makes the element', () => {
  const { container } = render(
    <>
      <p title={NAME}>{NAME}</p>
      <p>
        Rule {NAME} of {['a', NAME]}
      </p>
      <Link href="/rules" aria-label={NAME}>
        {NAME}
      </Link>
      <input aria-label={NAME} defaultValue={NAME} />
    </>,
  )
  expect([...container.querySelectorAll('p, a')].map(({ textContent }) => textContent)).toEqual([
    MARKED,
    `Rule ${MARKED} of a${MARKED}`,
    MARKED,
  ])
  expect(container.querySelector('p')!.title).toBe(MARKED)
  expect([...container.querySelectorAll('[aria-label]')].map((one) => one.ariaLabel ?? one.getAttribute('aria-label'))).toEqual([
    MARKED,
    MARKED,
  ])
})

it('leaves values, scripts and styles as they are', () => {
  const { container } = render(
    <>
      <input defaultValue={NAME} />
      <option value={NAME}>{NAME}</option>
      <style>{'p::before { content: "\u200b" }'}</style>
    </>,
  )
  expect(container.querySelector('input')!.value).toBe(NAME)
  expect(container.querySelector('option')!.value).toBe(NAME)
  expect(container.querySelector('style')!.textContent).toContain('\u200b')
})
