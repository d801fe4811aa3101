import { beforeAll } from 'vitest'
import { build, needsBuild } from '../app'
import { bombs } from './bombs'
import { ordinary } from './ordinary'
import { stays } from './stays'
import { upgrade } from './upgrade'

beforeAll(async () => {
  if (needsBuild()) await build()
}, 600_000)

// One after the other: each of them is a load for the machine.
ordinary(bombs)
ordinary(stays)
ordinary(upgrade)
