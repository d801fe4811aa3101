type Plain = Readonly<Record<string, unknown>>

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The fields of a resource, with names in any case, directly in it or under `properties`. Look them up by lower-case names. */
export class ResourceFields {
  private readonly byName = new Map<string, unknown>()
  /** True if it has only an id. */
  readonly isReference: boolean

  constructor(readonly written: Plain) {
    const properties = Object.entries(written).find(([name]) => name.toLowerCase() === 'properties')?.[1]
    for (const some of [isPlain(properties) ? properties : {}, written])
      for (const [name, value] of Object.entries(some))
        if (value !== null || !this.byName.has(name.toLowerCase())) this.byName.set(name.toLowerCase(), value)
    this.isReference = this.byName.size === 1 && this.byName.has('id')
  }

  has(name: string): boolean {
    return this.byName.has(name)
  }

  /** Text, or empty. */
  text(name: string): string {
    const value = this.byName.get(name)
    return typeof value === 'string' ? value.trim() : ''
  }

  flag(name: string): boolean {
    return this.byName.get(name) === true
  }

  /** Returns a value as a list. PowerShell writes lists of one without brackets, and some single values with them. */
  values(name: string): unknown[] {
    const value = this.byName.get(name)
    return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]
  }

  object(name: string): ResourceFields | null {
    const value = this.values(name)[0]
    return isPlain(value) ? new ResourceFields(value) : null
  }

  objects(name: string): ResourceFields[] {
    return this.values(name).flatMap((one) => (isPlain(one) ? [new ResourceFields(one)] : []))
  }
}
