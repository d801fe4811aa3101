import { answers } from './answers'
import { bombs } from './bombs'
import { crash } from './crash'
import { differential } from './differential'
import { disk } from './disk'
import { faults } from './faults'
import { growing } from './growing'
import { mutations } from './mutations'
import { overload } from './overload'
import type { Proof } from './proof'
import { stays } from './stays'
import { upgrade } from './upgrade'

/** Every promise, in the order of the document. */
export const PROOFS: readonly Proof[] = [mutations, differential, answers, faults, growing, crash, disk, bombs, stays, overload, upgrade]
