type Plain = Readonly<Record<string, unknown>>

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The fields of a resource, whatever the case of their names and whether they stand under `properties`. Names are asked for in lower case. */
export class Fields {
  private readonly byName = new Map<string, unknown>()
  /** It has an id and nothing else. */
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

  /** A value as a list of one, or of none. PowerShell writes lists of one without brackets, and single values with them. */
  values(name: string): unknown[] {
    const value = this.byName.get(name)
    return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]
  }

  object(name: string): Fields | null {
    const value = this.values(name)[0]
    return isPlain(value) ? new Fields(value) : null
  }

  objects(name: string): Fields[] {
    return this.values(name).flatMap((one) => (isPlain(one) ? [new Fields(one)] : []))
  }
}
