import { Session } from 'chdb'

// Answers `{ id, sql, format }` with `{ id, rows }` or `{ id, error }`; `rows` is null for a statement.
const session = new Session(process.argv[2])

process.on('message', ({ id, sql, asks }) => {
  try {
    const text = asks ? session.query(sql, 'JSONEachRow') : session.query(sql, 'Null')
    process.send({ id, rows: asks ? text.split('\n').filter(Boolean).map(JSON.parse) : null })
  } catch (error) {
    process.send({ id, error: String(error?.message ?? error) })
  }
})
process.on('disconnect', () => process.exit(0))
process.send({ ready: true })
