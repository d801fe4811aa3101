import { waitKey } from './keys/keys'
import type { AnswerOf } from './views'
import type { ViewRoute } from './views/record'

/** Routes about the configuration, not about a view: they have no keys of a view, and may know more after a load. */
export const SET_UP = {
  context: { path: 'context', keys: {}, answer: async () => (await import('@/lib/flow/answer/traffic/context')).contextAnswer },
  health: { path: 'health', keys: {}, answer: async () => (await import('@/lib/flow/answer/read/health')).healthAnswer },
  logs: { path: 'logs', keys: { wait: waitKey }, answer: async () => (await import('@/lib/flow/answer/read/logs')).logsAnswer },
} as const satisfies Record<string, ViewRoute>

export type SetUpAnswers = { [R in keyof typeof SET_UP]: AnswerOf<(typeof SET_UP)[R]> }
