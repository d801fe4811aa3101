import { installClickhouse } from './clickhouse/install'
import { runMain } from './process/run-main'

runMain(installClickhouse)
