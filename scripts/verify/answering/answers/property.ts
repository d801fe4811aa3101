import type { Dice } from '@/lib/query/test/random'
import type { AnswerWorld } from './world'

/** A property that must hold for any answer; throws if it does not. The function's name describes it. */
export type Property = (world: AnswerWorld, dice: Dice) => Promise<void>
