import { answers } from './answering/answers'
import { context } from './answering/context'
import { engines } from './answering/engines'
import { filters } from './answering/filters'
import { findings } from './answering/findings'
import { million } from './answering/million'
import { names } from './answering/names'
import { numbers } from './answering/numbers'
import { rights } from './answering/rights'
import type { Proof } from './proof'
import { bombs } from './reading/bombs'
import { differential } from './reading/differential'
import { faults } from './reading/faults'
import { growing } from './reading/growing'
import { mutations } from './reading/mutations'
import { tears } from './reading/tears'
import { attacks } from './running/attacks'
import { crash } from './running/crash'
import { disk } from './running/disk'
import { overload } from './running/overload'
import { stays } from './running/stays'
import { stuck } from './running/stuck'
import { upgrade } from './running/upgrade'
import { watches } from './running/watches'

/** Every promise, in the order of the document. */
export const PROOFS: readonly Proof[] = [
  mutations,
  differential,
  tears,
  answers,
  filters,
  numbers,
  names,
  million,
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
