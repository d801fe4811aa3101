import { buildAloud } from './app/app'
import { runMain } from './process/run-main'

runMain(buildAloud)
