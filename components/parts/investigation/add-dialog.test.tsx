import { screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { expect, it } from 'vitest'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { BASIS } from '@/components/test/answers'
import { open } from '@/components/test/page'
import type { InvestigationsAnswer } from '@/lib/flow/answer/evidence/investigation'
import type { RuleAnswer } from '@/lib/flow/answer/traffic/rule'
import { AddButton } from './add-button'
import { AddDialog } from './add-dialog'

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

it('says in a toast where a link was added, and leaves no window open', async () => {
  const link = { href: '/explorer?q=dport:22', label: 'Port 22' }
  const into = { id: 'abcdefgh', title: 'Brute force', version: 2, links: [] }
  function Page() {
    const [isOpen, setOpen] = useState(true)
    return isOpen ? <AddDialog given={link} onClose={() => setOpen(false)} /> : null
  }
  const listed = { id: into.id, title: into.title, links: 0, made: BASIS.view.from, changed: BASIS.view.to, shared: false, mine: true }
  const { user } = open(<Page />, { routes: { investigations: { investigations: [listed] }, 'investigations/abcdefgh': into } })
  await waitFor(() => expect(screen.getByRole('button', { name: 'Add' })).toBeEnabled())
  await user.click(screen.getByRole('button', { name: 'Add' }))
  const added = await screen.findByRole('link', { name: 'Brute force' })
  expect(added).toHaveAttribute('href', '/i/abcdefgh')
  expect(screen.getByRole('status')).toContainElement(added)
  expect(screen.queryByRole('dialog')).toBeNull()
})
