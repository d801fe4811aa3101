import { InteractionRequiredAuthError, ServerError } from '@azure/msal-node'
import { describe, expect, it } from 'vitest'
import { ENTRA_REFUSALS } from '@/lib/flow/access/entra-refusals'
import { readSignInFailed, signInFailed } from '@/lib/flow/access/sign-in-failed'
import { appProblem, entraProblem } from './problem'

const text = (number: string) => `${number}: The user account alice@contoso.test of app 4711 did not do. Trace ID: 1`

describe('a refusal by Microsoft Entra ID becomes a problem that says what to change', () => {
  it.each(Object.entries(ENTRA_REFUSALS))('%s', (number, advice) => {
    const { message } = entraProblem(new ServerError('invalid_grant', '', text(number)), null)
    expect(message).toBe(`Sign-in was refused by the sign-in service (invalid_grant, ${number}): ${advice}`)
  })

  it.each([
    [
      new ServerError('invalid_client', '', text('AADSTS7000222')),
      'config',
      'App registration is not accepted',
      'make a new one in the app registration',
    ],
    [
      new InteractionRequiredAuthError('interaction_required', '', text('AADSTS50076')),
      'signin',
      'asks you to sign in again',
      'sign in again and confirm it',
    ],
    [
      new InteractionRequiredAuthError('consent_required', '', text('AADSTS65001')),
      'signin',
      'asks you to sign in again',
      'grant consent to Azure Storage',
    ],
    [
      new ServerError('unauthorized_client', '', text('AADSTS700016')),
      'config',
      'is not accepted',
      'correct AZURE_CLIENT_ID or AZURE_TENANT_ID',
    ],
  ])('%s is a problem of kind %s', (error, kind, what, advice) => {
    const problem = entraProblem(error, null)
    expect(problem.kind).toBe(kind)
    expect(problem.message).toContain(what)
    expect(problem.message).toContain(advice)
    for (const word of ['alice', '4711', 'Trace']) expect(problem.message).not.toContain(word)
  })

  it('adds no advice for an unknown number', () => {
    expect(entraProblem(new ServerError('x', '', text('AADSTS123456789')), null).message).toBe(
      'Sign-in was refused by the sign-in service (x, AADSTS123456789)',
    )
    expect(entraProblem(new ServerError('x', '', 'constructor'), null).message).toBe('Sign-in was refused by the sign-in service (x)')
  })

  it('concerns the configuration if the app itself asks, because nobody can sign in again', () => {
    const problem = appProblem(new ServerError('invalid_request', '', text('AADSTS90002')), null)
    expect(problem).toMatchObject({
      kind: 'config',
      message: expect.stringContaining('(invalid_request, AADSTS90002): there is no such tenant: correct'),
    })
  })
})

it('every advice is unique and says what to do', () => {
  const DO =
    /\b(accept|add|allow|assign|assigned|change|confirm|correct|enable|exempt|give|grant|have|keep|make|put|register|set|show|sign in|switch|upload|wait|write)\b|have to be/
  for (const [number, advice] of Object.entries(ENTRA_REFUSALS)) expect(advice, number).toMatch(DO)
})

it('sends only the error number back to the page', () => {
  expect(readSignInFailed(signInFailed('signin', 'a-1', 'AADSTS65001'))).toEqual({
    problem: 'signin',
    requestId: 'a-1',
    number: 'AADSTS65001',
  })
  expect(readSignInFailed(signInFailed('signin', 'a-1'))).toEqual({ problem: 'signin', requestId: 'a-1', number: null })
  for (const hash of ['#sign-in=signin,a-1,call us', '#sign-in=signin,a-1,AADSTS1', '#sign-in=signin,a-1,AADSTS65001,x'])
    expect(readSignInFailed(hash)).toBeNull()
})
