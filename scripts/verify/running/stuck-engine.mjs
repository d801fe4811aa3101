import { createRequire } from 'node:module'
import path from 'node:path'

// Loaded into the server first: an engine that never ends what a question with this number in it asks, nor, once that is so, anything else.
const NUMBER = 54_321n

const require = createRequire(path.resolve('.next/standalone/server.js'))
const { DuckDBConnection } = require('@duckdb/node-api')
const { stream } = DuckDBConnection.prototype
let isStuck = false
DuckDBConnection.prototype.stream = function (text, values, types) {
  isStuck ||= Array.isArray(values) && values.includes(NUMBER)
  return isStuck ? new Promise(() => {}) : stream.call(this, text, values, types)
}
