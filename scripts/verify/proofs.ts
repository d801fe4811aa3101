import { answers } from './answers'
import { attacks } from './attacks'
import { bombs } from './bombs'
import { context } from './context'
import { crash } from './crash'
import { differential } from './differential'
import { disk } from './disk'
import { engines } from './engines'
import { faults } from './faults'
import { filters } from './filters'
import { findings } from './findings'
import { growing } from './growing'
import { mutations } from './mutations'
import { names } from './names'
import { numbers } from './numbers'
import { overload } from './overload'
import type { Proof } from './proof'
import { rights } from './rights'
import { stays } from './stays'
import { stuck } from './stuck'
import { tears } from './tears'
import { upgrade } from './upgrade'
import { watches } from './watches'

/** Every promise, in the order of the document. */
export const PROOFS: readonly Proof[] = [
  mutations,
  differential,
  tears,
  answers,
  filters,
  numbers,
  names,
  engines,
  rights,
  faults,
  growing,
  crash,
  disk,
  stuck,
  bombs,
  context,
  findings,
  watches,
  stays,
  overload,
  attacks,
  upgrade,
]
