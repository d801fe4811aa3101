import { waitKey } from './keys/keys'
import type { AnswerOf } from './views'
import type { Route } from './views/record'

/** Routes about the configuration, not about a view: they take none of its keys, and know more after a load. */
export const SET_UP = {
  context: { path: 'context', keys: {}, answer: async () => (await import('@/lib/flow/answer/context')).contextAnswer },
  health: { path: 'health', keys: {}, answer: async () => (await import('@/lib/flow/answer/health')).healthAnswer },
  logs: { path: 'logs', keys: { wait: waitKey }, answer: async () => (await import('@/lib/flow/answer/logs')).logsAnswer },
} as const satisfies Record<string, Route>

export type SetUpAnswers = { [R in keyof typeof SET_UP]: AnswerOf<(typeof SET_UP)[R]> }
