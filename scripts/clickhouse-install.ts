import { installClickhouse } from './clickhouse/install'
import { runMain } from './run-main'

runMain(installClickhouse)
