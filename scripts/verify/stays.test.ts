import { beforeAll } from 'vitest'
import { build, needsBuild } from '../app'
import { ordinary } from './ordinary'
import { stays } from './stays'

beforeAll(async () => {
  if (needsBuild()) await build()
}, 600_000)

ordinary(stays)
