import { beforeAll } from 'vitest'
import { build, needsBuild } from '../app'
import { bombs } from './bombs'
import { ordinary } from './ordinary'

beforeAll(async () => {
  if (needsBuild()) await build()
}, 600_000)

ordinary(bombs)
