import { answers } from './answers'
import { crash } from './crash'
import { differential } from './differential'
import { disk } from './disk'
import { faults } from './faults'
import { growing } from './growing'
import { mutations } from './mutations'
import type { Proof } from './proof'

/** Every promise, in the order of the document. */
export const PROOFS: readonly Proof[] = [mutations, differential, answers, faults, growing, crash, disk]
