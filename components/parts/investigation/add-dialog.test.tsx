import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { BASIS } from '@/components/test/answers'
import { open } from '@/components/test/page'
import type { InvestigationsAnswer } from '@/lib/flow/answer/evidence/investigation'
import type { RuleAnswer } from '@/lib/flow/answer/traffic/rule'
import { AddButton } from './add-button'

const ACL = '/subscriptions/s/networkSecurityGroups/web-nsg'
const END = { total: 0, public: 0, rows: [], cover: { prefixes: [], exact: true } }
const SIDE = {
  ...{ tuples: 639, flows: 9, bytes: 1_048_576, packets: 2, first: BASIS.view.from, last: BASIS.view.to },
  ...{ sources: END, destinations: END, ports: { total: 0, rows: [], cover: [] } },
}
const RULE: RuleAnswer = {
  ...BASIS,
  ...{
    rule: 'UserRule_Rdp',
    acl: ACL,
    kind: 'user',
    dir: 'in',
    logs: [],
    bucketMs: 1,
    spark: { allow: [], deny: [] },
    allow: SIDE,
    deny: null,
  },
}

function Asks() {
  const { data } = useAnswer('rule', { rule: 'UserRule_Rdp', acl: ACL })
  return <p>{data?.rule}</p>
}

it('is labelled with the contents of the panel: the rule, its ACL, its tuples and its bytes', async () => {
  const { user } = open(
    <>
      <Asks />
      <AddButton />
    </>,
    { at: `/rules?rule=UserRule_Rdp&acl=${ACL}`, routes: { rule: RULE } },
  )
  await screen.findByText('UserRule_Rdp')
  await user.click(screen.getByRole('button', { name: /Add to investigation/ }))
  expect(await screen.findByRole('textbox', { name: 'Label of the link' })).toHaveValue(
    'Rule Rdp of web-nsg, inbound: 639 tuples, 1.00 MiB',
  )
})

it('waits for the list of investigations as it is now, though it has an older one', async () => {
  const made: InvestigationsAnswer['investigations'] = []
  let answer: (() => void) | null = null
  const { user } = open(<AddButton />, {
    at: '/explorer?q=dport:22',
    routes: {
      investigations: async () => {
        if (made.length > 0)
          await new Promise<void>((resolve) => {
            answer = resolve
          })
        return { investigations: [...made] }
      },
    },
  })
  const begin = () => user.click(screen.getByRole('button', { name: /Add to investigation/ }))
  const add = () => screen.getByRole('button', { name: 'Add' })
  await begin()
  expect(await screen.findByRole('textbox', { name: 'Title' })).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Cancel' }))

  made.push({ id: 'abcdefgh', title: 'Brute force', links: 1, made: BASIS.view.from, changed: BASIS.view.to, shared: false, mine: true })
  await begin()
  expect(await screen.findByRole('combobox', { name: 'Investigation' })).toBeDisabled()
  expect(screen.queryByRole('textbox', { name: 'Title' })).toBeNull()
  expect(add()).toBeDisabled()
  await waitFor(() => expect(answer).not.toBeNull())
  answer!()
  await waitFor(() => expect(add()).toBeEnabled())
  expect(screen.getByRole('combobox', { name: 'Investigation' })).toHaveDisplayValue('Brute force')
})
