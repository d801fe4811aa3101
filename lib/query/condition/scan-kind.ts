import { type ScanKind, type ScannerWord, type ScanThresholds, USUAL } from '@/lib/flow/field/scan'
import { type Sql, sql } from '@/lib/store/sql'

interface Counts<T> {
  attempts: T
  targets: T
  ports: T
}

/** Classifies a denied source. */
export function scanKind({ attempts, targets, ports }: Counts<number>, many: ScanThresholds = USUAL): ScanKind {
  if (targets >= many.targets) return ports >= many.ports ? 'sweep' : 'horizontal'
  if (ports >= many.ports) return 'vertical'
  return attempts >= many.attempts * targets * ports ? 'brute' : 'probe'
}

/** The same as a condition on aggregates; `any` is every kind except probe. */
export function scanKindSql(
  kind: Exclude<ScannerWord, 'kept-out' | 'let-in'>,
  { attempts, targets, ports }: Counts<Sql>,
  many: ScanThresholds,
): Sql {
  const wide = sql`${targets} >= ${many.targets}`
  const deep = sql`${ports} >= ${many.ports}`
  const often = sql`${attempts} >= ${many.attempts} * ${targets} * ${ports}`
  const conditions = {
    sweep: sql`(${wide} and ${deep})`,
    horizontal: sql`(${wide} and not ${deep})`,
    vertical: sql`(not ${wide} and ${deep})`,
    brute: sql`(not ${wide} and not ${deep} and ${often})`,
    any: sql`(${wide} or ${deep} or ${often})`,
    probe: sql`not (${wide} or ${deep} or ${often})`,
  } as const
  return conditions[kind]
}
