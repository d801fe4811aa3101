import { expect, it } from 'vitest'
import { toAnswerError } from './answer-error'

it('keeps the message of the API', () => {
  const error = toAnswerError(400, { error: { kind: 'ask', message: 'Filter: no', key: 'q', at: 4, requestId: 'r1' } })
  expect(error).toMatchObject({ message: 'Filter: no', kind: 'ask', key: 'q', at: 4, requestId: 'r1', status: 400 })
})

it.each([null, 'Bad gateway', {}, { error: 'x' }, { error: { kind: 'ask' } }])('is readable if the body is %j', (body) =>
  expect(toAnswerError(502, body)).toMatchObject({ message: 'Server error (HTTP 502).', status: 502, requestId: null }),
)
