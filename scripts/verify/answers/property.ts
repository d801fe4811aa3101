import type { Dice } from '@/lib/query/test/random'
import type { World } from './world'

/** What must hold of any answer; throws when it does not. Its name tells what. */
export type Property = (world: World, dice: Dice) => Promise<void>
