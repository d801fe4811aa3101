import { buildAloud } from './app'
import { runMain } from './run-main'

runMain(buildAloud)
