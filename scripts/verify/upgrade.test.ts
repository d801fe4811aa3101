import { beforeAll } from 'vitest'
import { build, needsBuild } from '../app'
import { ordinary } from './ordinary'
import { upgrade } from './upgrade'

beforeAll(async () => {
  if (needsBuild()) await build()
}, 600_000)

ordinary(upgrade)
