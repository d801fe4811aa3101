import { runTestFile } from '../command/test-file'
import type { Proof } from '../proof'

const NAME = 'rights'

export const rights: Proof = {
  name: NAME,
  promise: 'Nobody is told of what they may not read',
  test: 'People whose rights come and go ask questions of all kinds, eight at a time: each answer is that of a server which never had anything but what that person may read.',
  unit: 'requests',
  seed: 1,
  ordinary: 800,
  full: 200_000,
  run: (run) => runTestFile(NAME, 'lib/http/rights/model.test.ts', 20_000, run),
}
